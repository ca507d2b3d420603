// Reads the secrets that a spec names in the key vault, right before its workload is created. Nothing of them is kept
// (I7).
import { type Reason, reason } from '../../domain/job/failure-reason';
import type { SecretVault } from '../../domain/ports/secret-vault';
import type { JobSpec } from '../../domain/spec/job-spec';

export type LookedUp =
  | {
      readonly kind: 'found';
      /** By the name of the variable. */
      readonly variables: Readonly<Record<string, string>>;
      readonly registryPassword: string | undefined;
    }
  /** A missing secret is the user's fault, a forbidden one the deployment's. */
  | { readonly kind: 'refused'; readonly reason: Reason };

/** @throws RetryableError when the vault gives no usable answer. */
export async function lookUpSecrets(vault: SecretVault | undefined, spec: JobSpec): Promise<LookedUp> {
  const named = Object.entries(spec.env ?? {}).flatMap(([variable, value]) =>
    typeof value === 'object' && 'secretRef' in value ? [{ variable, secret: value.secretRef }] : [],
  );
  const password = spec.registry?.passwordRef;
  const secrets = new Set([
    ...named.map(({ secret }) => secret),
    ...(password === undefined ? [] : [password]),
  ]);
  if (secrets.size === 0) return { kind: 'found', variables: {}, registryPassword: undefined };
  if (vault === undefined) {
    const why = `The job refers to secret "${[...secrets].join('", "')}", and no key vault is configured any more: set GPU_JOBS_KEY_VAULT.`;
    return { kind: 'refused', reason: reason('refused', why, 'infrastructure') };
  }
  const values = new Map<string, string>();
  const answers = await Promise.all(
    [...secrets].map(async (name) => ({ name, answer: await vault.read(name) })),
  );
  for (const { name, answer } of answers) {
    switch (answer.kind) {
      case 'found':
        values.set(name, answer.value);
        break;
      case 'missing':
        return { kind: 'refused', reason: reason('refused', answer.why, 'user') };
      case 'forbidden':
        return { kind: 'refused', reason: reason('refused', answer.why, 'infrastructure') };
    }
  }
  return {
    kind: 'found',
    variables: Object.fromEntries(named.map(({ variable, secret }) => [variable, values.get(secret) ?? ''])),
    registryPassword: password === undefined ? undefined : values.get(password),
  };
}

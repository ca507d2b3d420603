// Reads the secrets that a spec and its placement's volumes name in the key vault, right before the workload is
// created. Nothing of them is kept (I7).
import { type Reason, reason } from '../../domain/job/failure-reason';
import type { SecretVault } from '../../domain/ports/secret-vault';
import type { JobSpec } from '../../domain/spec/job-spec';

export type LookedUp =
  | {
      readonly kind: 'found';
      /** By the name of the variable. */
      readonly variables: Readonly<Record<string, string>>;
      readonly registryPassword: string | undefined;
      /** By the name of the volume. */
      readonly volumeKeys: Readonly<Record<string, string>>;
    }
  /** A secret that the spec names and that is missing is the user's fault; any other is the deployment's. */
  | { readonly kind: 'refused'; readonly reason: Reason };

/**
 * `volumeKeys`: by the name of a volume, the secret with its account's key.
 * @throws RetryableError when the vault gives no usable answer.
 */
export async function lookUpSecrets(
  vault: SecretVault | undefined,
  spec: JobSpec,
  volumeKeys: Readonly<Record<string, string>>,
): Promise<LookedUp> {
  const named = Object.entries(spec.env ?? {}).flatMap(([variable, value]) =>
    typeof value === 'object' && 'secretRef' in value ? [{ variable, secret: value.secretRef }] : [],
  );
  const password = spec.registry?.passwordRef;
  const ofSpec = new Set([
    ...named.map(({ secret }) => secret),
    ...(password === undefined ? [] : [password]),
  ]);
  const secrets = new Set([...ofSpec, ...Object.values(volumeKeys)]);
  if (secrets.size === 0)
    return { kind: 'found', variables: {}, registryPassword: undefined, volumeKeys: {} };
  if (vault === undefined) {
    const why = `The job needs secret "${[...secrets].join('", "')}", and no key vault is configured any more: set GPU_JOBS_KEY_VAULT.`;
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
        return {
          kind: 'refused',
          reason: reason('refused', answer.why, ofSpec.has(name) ? 'user' : 'infrastructure'),
        };
      case 'forbidden':
        return { kind: 'refused', reason: reason('refused', answer.why, 'infrastructure') };
    }
  }
  return {
    kind: 'found',
    variables: Object.fromEntries(named.map(({ variable, secret }) => [variable, values.get(secret) ?? ''])),
    registryPassword: password === undefined ? undefined : values.get(password),
    volumeKeys: Object.fromEntries(
      Object.entries(volumeKeys).map(([volume, secret]) => [volume, values.get(secret) ?? '']),
    ),
  };
}

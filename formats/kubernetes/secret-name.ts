// A manifest names a secret by name and key, a spec by one name, as a key vault has it.

/** The Secret that stands for the key vault itself: its keys are the vault's names. */
export const VAULT_SECRET = 'gpu-job-runner';

/**
 * The vault's name of a `secretKeyRef`: `<name>--<key>`, with `.` and `_` (which a vault's names can't have) written as
 * `-`; of a key in the Secret `gpu-job-runner`: that key.
 */
export function vaultName(secret: { readonly name: string; readonly key: string }): string {
  const name = secret.name === VAULT_SECRET ? secret.key : `${secret.name}--${secret.key}`;
  return name.replaceAll(/[._]/g, '-');
}

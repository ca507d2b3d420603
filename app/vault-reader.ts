// Reads a secret that the configuration itself names, such as a cluster's kubeconfig.
import type { TokenCredential } from '@azure/core-auth';

import { TerminalError } from '../domain/errors';
import { createKeyVaultSecrets } from '../storage/key-vault-secrets';
import type { Settings } from './settings';

/** What it returns rejects with TerminalError for a secret that can't be had, with RetryableError without an answer. */
export function vaultReader(
  { keyVault }: Pick<Settings, 'keyVault'>,
  credential: TokenCredential,
): (name: string) => Promise<string> {
  const vault = keyVault === undefined ? undefined : createKeyVaultSecrets(keyVault, credential);
  return async (name) => {
    if (vault === undefined)
      throw new TerminalError(
        `A placement names the secret "${name}", and no key vault is configured: set GPU_JOBS_KEY_VAULT.`,
        { secret: name },
      );
    const answer = await vault.read(name);
    if (answer.kind === 'found') return answer.value;
    throw new TerminalError(`The secret "${name}" of a placement is ${answer.kind}: ${answer.why}`, {
      secret: name,
    });
  };
}

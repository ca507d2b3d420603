// Reads a secret that the configuration itself names, such as a cluster's kubeconfig.
import { TerminalError } from '../domain/errors';
import type { SecretVault } from '../domain/ports/secret-vault';

/**
 * `vault`: none where the configuration names none. What this returns rejects with TerminalError for a secret that
 * can't be had, with RetryableError without an answer.
 */
export function vaultReader(vault: SecretVault | undefined): (name: string) => Promise<string> {
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

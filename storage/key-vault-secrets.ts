// Secrets of an Azure Key Vault, by name, through the genuine client.
import type { TokenCredential } from '@azure/core-auth';
import type { SecretClient } from '@azure/keyvault-secrets';
import { z } from 'zod';

import { RetryableError } from '../domain/errors';
import type { SecretVault, VaultAnswer } from '../domain/ports/secret-vault';
import { keyVaultSecrets as sdk } from './account/sdk';
import { answerOf, storageFailure } from './account/storage-failure';

/** One read, its repeats included: the vault answers within a second or is in trouble. */
const READ_LIMIT_MS = 15_000;
const RETRIES = { maxRetries: 2, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 };

/** The vault answers 403 for a disabled secret as for a missing right. Only the inner code tells them apart. */
const disabledSchema = z.object({
  details: z.object({
    error: z.object({ innerError: z.object({ code: z.literal('SecretDisabled') }) }),
  }),
});

/** `vaultUrl`: https, or http on loopback, where a stand-in asks for no token. */
export function createKeyVaultSecrets(vaultUrl: URL, credential: TokenCredential): SecretVault {
  let client: SecretClient | undefined;
  return {
    read: async (name) => {
      client ??= new (sdk().SecretClient)(vaultUrl.href.replace(/\/$/, ''), credential, {
        allowInsecureConnection: vaultUrl.protocol === 'http:',
        retryOptions: RETRIES,
      });
      try {
        const { value } = await client.getSecret(name, { abortSignal: AbortSignal.timeout(READ_LIMIT_MS) });
        if (value !== undefined) return { kind: 'found', value };
        return { kind: 'missing', why: `Secret "${name}" of ${vaultUrl.host} has no value.` };
      } catch (error) {
        return refusal(error, name, vaultUrl.host);
      }
    },
  };
}

/** What a definite refusal means. Throws an error that may pass. */
function refusal(thrown: unknown, name: string, host: string): VaultAnswer {
  const { status, code } = answerOf(thrown);
  if (status === 404) return { kind: 'missing', why: `Key vault ${host} has no secret "${name}".` };
  if (disabledSchema.safeParse(thrown).success)
    return { kind: 'missing', why: `Secret "${name}" of key vault ${host} is disabled.` };
  if (status === 401 || status === 403) {
    const why = `Key vault ${host} refused to show secret "${name}" (${status} ${code ?? ''}): give the app's identity the role Key Vault Secrets User, and let its network in.`;
    return { kind: 'forbidden', why };
  }
  // The SDK looks into the error that a vault would describe; a proxy, or a redirect, describes none.
  if (thrown instanceof TypeError || thrown instanceof SyntaxError)
    throw new RetryableError(
      `Key vault ${host} gave no answer of a vault when asked for secret "${name}": ${thrown.message}`,
      { secret: name },
      { cause: thrown },
    );
  throw storageFailure(thrown, `read secret "${name}" of key vault ${host}`, { secret: name });
}

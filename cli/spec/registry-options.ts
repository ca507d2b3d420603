// The options that say who pulls the image: a managed identity, or a user whose password is a Key Vault secret.
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';

export interface RegistryOptions {
  readonly registryServer?: string;
  readonly registryIdentity?: string;
  readonly registryUsername?: string;
  /** The name of a secret in the key vault: a command line is no place for a password. */
  readonly registryPasswordSecret?: string;
}

interface RegistryOverride {
  readonly option: string;
  readonly name: 'server' | 'identity' | 'username' | 'passwordRef';
  /** Null takes away what the other way of pulling left. */
  readonly value: string | null;
}

/** One way of pulling replaces the other as a whole. A server alone keeps the way that is set. */
export function registryOverrides(options: RegistryOptions): readonly RegistryOverride[] {
  const { registryServer, registryIdentity, registryUsername, registryPasswordSecret } = options;
  if (registryIdentity !== undefined && (registryUsername ?? registryPasswordSecret) !== undefined)
    throw new CliError(
      'The image is pulled either by --registry-identity, or by --registry-username and --registry-password-secret: give one of the two.',
      EXIT.usage,
    );
  if ((registryUsername === undefined) !== (registryPasswordSecret === undefined))
    throw new CliError(
      '--registry-username and --registry-password-secret belong together: give both. The latter is the name of a Key Vault secret.',
      EXIT.usage,
    );
  const overrides: RegistryOverride[] = [];
  if (registryServer !== undefined)
    overrides.push({ option: '--registry-server', name: 'server', value: registryServer });
  if (registryIdentity !== undefined)
    overrides.push(
      { option: '--registry-identity', name: 'identity', value: registryIdentity },
      { option: '--registry-identity', name: 'username', value: null },
      { option: '--registry-identity', name: 'passwordRef', value: null },
    );
  if (registryUsername !== undefined && registryPasswordSecret !== undefined)
    overrides.push(
      { option: '--registry-username', name: 'username', value: registryUsername },
      { option: '--registry-password-secret', name: 'passwordRef', value: registryPasswordSecret },
      { option: '--registry-username', name: 'identity', value: null },
    );
  return overrides;
}

// How to reach the storage account: a connection string, or an identity and the three services' addresses.
import type { TokenCredential } from '@azure/identity';

import { TerminalError } from '../../domain/errors';

export type StorageConnection =
  | { readonly kind: 'connection-string'; readonly connectionString: string }
  | {
      readonly kind: 'identity';
      readonly credential: TokenCredential;
      /** `https://<account>.blob.core.windows.net`, and so on. */
      readonly blobUrl: string;
      readonly queueUrl: string;
      readonly tableUrl: string;
    };

const SETTING = 'AzureWebJobsStorage';
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Reads the connection as the Functions host does: `AzureWebJobsStorage` when it is set, else
 * `AzureWebJobsStorage__accountName` (or `__blobServiceUri`, `__queueServiceUri` and `__tableServiceUri`, for clouds
 * with other addresses) with an identity.
 *
 * @param credential called only when an identity is what the settings ask for.
 * @throws TerminalError when the settings name no storage, or one that would be spoken to in clear text over a network.
 */
export function connectionFromSettings(
  settings: Readonly<Record<string, string | undefined>>,
  credential: () => TokenCredential,
): StorageConnection {
  const connectionString = settings[SETTING];
  if (connectionString !== undefined && connectionString.trim() !== '') {
    return overSafeWays({ kind: 'connection-string', connectionString });
  }
  const account = settings[`${SETTING}__accountName`];
  const url = (service: 'blob' | 'queue' | 'table'): string => {
    const set = settings[`${SETTING}__${service}ServiceUri`];
    if (set !== undefined) return set;
    if (account !== undefined) return `https://${account}.${service}.core.windows.net`;
    throw new TerminalError(
      `${SETTING} is not set: set it to a connection string (locally UseDevelopmentStorage=true), or set ${SETTING}__accountName to reach the account by identity`,
    );
  };
  const urls = { blobUrl: url('blob'), queueUrl: url('queue'), tableUrl: url('table') };
  return overSafeWays({ kind: 'identity', credential: credential(), ...urls });
}

/** The addresses that a connection names; those that a connection string only implies follow its protocol. */
function endpointsOf(connection: StorageConnection): string[] {
  if (connection.kind === 'identity') return [connection.blobUrl, connection.queueUrl, connection.tableUrl];
  const parts = new Map(
    connection.connectionString
      .split(';')
      .filter((part) => part.includes('='))
      .map((part) => {
        const at = part.indexOf('=');
        return [part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()] as const;
      }),
  );
  const account = parts.get('accountname') ?? '';
  const suffix = parts.get('endpointsuffix') ?? 'core.windows.net';
  const protocol = parts.get('defaultendpointsprotocol');
  return ['blob', 'queue', 'table'].flatMap((service) => {
    const named = parts.get(`${service}endpoint`);
    if (named !== undefined && named !== '') return [named];
    return protocol === undefined ? [] : [`${protocol}://${account}.${service}.${suffix}`];
  });
}

/**
 * Returns the connection when all its addresses are https, or http on this machine. On any other way rows, specs and
 * secrets would be readable.
 *
 * @throws TerminalError naming the address that is neither.
 */
export function overSafeWays(connection: StorageConnection): StorageConnection {
  for (const endpoint of endpointsOf(connection)) {
    if (!URL.canParse(endpoint)) {
      throw new TerminalError(`${SETTING} names the address "${endpoint}", which is not a URL`, { endpoint });
    }
    const { protocol, hostname } = new URL(endpoint);
    if (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname))) continue;
    throw new TerminalError(
      `${SETTING} names ${endpoint}: use https; http is accepted only for an emulator on this machine (127.0.0.1, localhost)`,
      { endpoint },
    );
  }
  return connection;
}

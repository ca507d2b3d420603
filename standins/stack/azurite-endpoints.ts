// Azurite's endpoints in full, because the short form of a connection string knows only the default ports.
import type { Ports } from './ports';

/** The account that every Azurite has. Its key is public by design (Azurite's README). */
const ACCOUNT = 'devstoreaccount1';
export const AZURITE_KEY =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export interface StorageEndpoints {
  readonly blob: string;
  readonly queue: string;
  readonly table: string;
}

export function storageEndpoints(ports: Ports): StorageEndpoints {
  const at = (port: number): string => `http://127.0.0.1:${port}/${ACCOUNT}`;
  return { blob: at(ports.blob), queue: at(ports.queue), table: at(ports.table) };
}

export function storageConnectionString(endpoints: StorageEndpoints): string {
  return [
    'DefaultEndpointsProtocol=http',
    `AccountName=${ACCOUNT}`,
    `AccountKey=${AZURITE_KEY}`,
    `BlobEndpoint=${endpoints.blob}`,
    `QueueEndpoint=${endpoints.queue}`,
    `TableEndpoint=${endpoints.table}`,
    '',
  ].join(';');
}

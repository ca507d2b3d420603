// Clients of one storage emulator with tables, containers and queues of their own.
import { createStorageClients, type StorageClients } from '../../storage/account/clients';

let made = 0;

/** Every name gets a suffix of its own, so nothing exists at first. */
export function isolatedClients(connectionString: string, callLimitMs?: number): StorageClients {
  const clients = createStorageClients({ kind: 'connection-string', connectionString }, callLimitMs);
  made += 1;
  const suffix = `t${made}`;
  return {
    table: (name) => clients.table(`${name}${suffix}`),
    container: (name) => clients.container(`${name}-${suffix}`),
    blobService: () => clients.blobService(),
    queue: (name) => clients.queue(`${name}-${suffix}`),
    callLimit: () => clients.callLimit(),
  };
}

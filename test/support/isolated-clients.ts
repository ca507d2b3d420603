// Clients of one storage emulator whose tables, containers and queues nobody else uses.
import { type StorageClients, storageClients } from '../../storage/account/clients';

let made = 0;

/** The names that the clients are asked for get a suffix of their own; nothing exists at first. */
export function isolatedClients(connectionString: string, callLimitMs?: number): StorageClients {
  const clients = storageClients({ kind: 'connection-string', connectionString }, callLimitMs);
  made += 1;
  const suffix = `t${made}`;
  return {
    table: (name) => clients.table(`${name}${suffix}`),
    container: (name) => clients.container(`${name}-${suffix}`),
    queue: (name) => clients.queue(`${name}-${suffix}`),
    callLimit: () => clients.callLimit(),
  };
}

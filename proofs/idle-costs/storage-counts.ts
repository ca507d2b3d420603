// Requests to storage, counted by what Azure bills alike.
import { watchRequests } from '../../test/support/storage-requests';

/** What storage has a price for. */
export const BILLED = ['tables', 'queues', 'blob writes', 'other blob calls'] as const;
type Billed = (typeof BILLED)[number];
export type StorageCounts = Readonly<Record<Billed, number>>;

/** Where the three services answer: what goes elsewhere is no request to storage. */
export interface StorageAddresses {
  readonly blobEndpoint: string;
  readonly queueEndpoint: string;
  readonly tableEndpoint: string;
}

/** Counts what this process asks of storage while `act` runs, repeats included. */
export async function countRequests(
  addresses: StorageAddresses,
  act: () => Promise<void>,
): Promise<StorageCounts> {
  const counts = { tables: 0, queues: 0, 'blob writes': 0, 'other blob calls': 0 };
  await watchRequests(act, (request) => {
    const billed = billedAs(addresses, String(request.getHeader('host')), request.method);
    if (billed !== undefined) counts[billed] += 1;
  });
  return counts;
}

function billedAs(addresses: StorageAddresses, host: string, method: string): Billed | undefined {
  if (host === new URL(addresses.tableEndpoint).host) return 'tables';
  if (host === new URL(addresses.queueEndpoint).host) return 'queues';
  if (host !== new URL(addresses.blobEndpoint).host) return undefined;
  return method === 'PUT' ? 'blob writes' : 'other blob calls';
}

export function times(counts: StorageCounts, factor: number): StorageCounts {
  return {
    tables: counts.tables * factor,
    queues: counts.queues * factor,
    'blob writes': counts['blob writes'] * factor,
    'other blob calls': counts['other blob calls'] * factor,
  };
}

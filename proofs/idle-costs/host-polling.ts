// What the Functions host asks of storage while nothing happens, reckoned from the settings of host.json. It was not
// measured: no real host runs here.
import type { StorageCounts } from './storage-counts';

const NONE: StorageCounts = { tables: 0, queues: 0, 'blob writes': 0, 'other blob calls': 0 };

export interface PollingSettings {
  /** Control queues of the task hub; the queue of work items comes beside them. */
  readonly partitions: number;
  /** Between two looks at an idle queue of the task hub, seconds. */
  readonly hubPollS: number;
  /** Between two looks at an idle queue of a trigger, seconds. */
  readonly triggerPollS: number;
  readonly triggerQueues: number;
}

/** docs/facts/azure-prices.md#idle-polling */
const LEASE_RENEWAL_S = 10;

/** By one instance of the group `durable`, such as the one that is always ready. */
export function taskHubPolling({ partitions, hubPollS }: PollingSettings, seconds: number): StorageCounts {
  return {
    ...NONE,
    queues: ((partitions + 1) * seconds) / hubPollS,
    'other blob calls': (partitions * seconds) / LEASE_RENEWAL_S,
  };
}

/** By one instance for each queue: at most so many, because an idle queue keeps no instance. */
export function triggerPolling(
  { triggerQueues, triggerPollS }: PollingSettings,
  seconds: number,
): StorageCounts {
  return { ...NONE, queues: (triggerQueues * seconds) / triggerPollS };
}

// Rewinds a failed instance: removes the failure from its history, and lets it run again.
import type { JournalChange } from '../kernel/journal';
import { EVENT_TYPE } from './history/event-type';
import type { GenericEvent, HistoryEvent } from './history/history';
import type { Hub } from './hub';
import type { InstanceRow } from './instance-row';
import { KEYS } from './keys';
import { incoming, type Message } from './message';
import { putRow } from './store';

export interface Rewound {
  readonly changes: readonly JournalChange[];
  /** Wake the failed instances that are called deepest. Those above follow when these answer. */
  readonly messages: readonly Message[];
}

/**
 * Replaces failed tasks with their scheduling, and the failed end, by events that nothing reads. A failed
 * sub-orchestration stays scheduled and is rewound itself.
 */
export function rewind(hub: Hub, row: InstanceRow, reason: string | null): Rewound {
  const history = hub.store.history(row);
  const failedTasks = new Set<number>();
  const failedChildren = new Set<number>();
  for (const event of history) {
    if (event.EventType === EVENT_TYPE.TaskFailed) failedTasks.add(event.TaskScheduledId);
    if (event.EventType === EVENT_TYPE.SubOrchestrationInstanceFailed)
      failedChildren.add(event.TaskScheduledId);
  }
  const kept = history.map((event) => (isRewound(event, failedTasks) ? blank(event) : event));
  const changes: JournalChange[] = [
    // One entry replaces many. The next episode continues after it.
    ...Array.from({ length: row.episodes }, (_, episode) => ({
      remove: KEYS.episode(row.instanceId, row.executionId, episode),
    })),
    { put: KEYS.episode(row.instanceId, row.executionId, 0), value: kept },
    putRow({ ...row, status: 'Pending', episodes: 1, updatedAt: hub.stamp() }),
  ];
  const children = history.flatMap((event) =>
    event.EventType === EVENT_TYPE.SubOrchestrationInstanceCreated && failedChildren.has(event.EventId)
      ? (hub.store.row(event.InstanceId) ?? [])
      : [],
  );
  if (children.length === 0) {
    const event: GenericEvent = { EventType: EVENT_TYPE.GenericEvent, Data: reason, ...incoming(hub.stamp) };
    return { changes, messages: [{ instanceId: row.instanceId, executionId: null, event }] };
  }
  const below = children.map((child) => rewind(hub, child, reason));
  return {
    changes: [...changes, ...below.flatMap((each) => each.changes)],
    messages: below.flatMap((each) => each.messages),
  };
}

function isRewound(event: HistoryEvent, failedTasks: ReadonlySet<number>): boolean {
  return (
    event.EventType === EVENT_TYPE.TaskFailed ||
    event.EventType === EVENT_TYPE.SubOrchestrationInstanceFailed ||
    (event.EventType === EVENT_TYPE.TaskScheduled && failedTasks.has(event.EventId)) ||
    (event.EventType === EVENT_TYPE.ExecutionCompleted && event.OrchestrationStatus === 'Failed')
  );
}

function blank(event: HistoryEvent): GenericEvent {
  const { EventId, IsPlayed, Timestamp } = event;
  return { EventType: EVENT_TYPE.GenericEvent, EventId, IsPlayed, Timestamp, Data: null };
}

// The history as the management API shows it: numbers become names, and tasks are merged with their scheduling.
import { EVENT_TYPE, eventTypeName } from '../history/event-type';
import type { HistoryEvent, SubOrchestrationInstanceCreated, TaskScheduled } from '../history/history';
import type { JsonValue } from '../history/net-json';
import { jsonOrText } from '../instance-status';
import { argumentError } from '../worker/failure';

type Shown = Record<string, JsonValue>;
type Scheduled = TaskScheduled | SubOrchestrationInstanceCreated;

export interface ShowHistory {
  readonly showOutput: boolean;
  readonly showInput: boolean;
}

/**
 * Throws, as the extension does, if two tasks were scheduled under one id, which shows that the orchestrator is not
 * deterministic.
 */
export function statusHistory(events: readonly HistoryEvent[], show: ShowHistory): JsonValue[] {
  const scheduled = new Map<string, { readonly event: Scheduled; readonly index: number }>();
  const merged = new Set<number>();
  const shown = events.map((event, index) => {
    if (
      event.EventType === EVENT_TYPE.OrchestratorStarted ||
      event.EventType === EVENT_TYPE.OrchestratorCompleted
    )
      merged.add(index);
    if (isScheduling(event)) {
      const key = `${eventTypeName(event.EventType)}_${event.EventId}`;
      if (scheduled.has(key))
        throw argumentError(`An item with the same key has already been added. Key: ${key}`);
      scheduled.set(key, { event, index });
    }
    const source = schedulingOf(event, scheduled);
    if (source !== undefined) merged.add(source.index);
    return showEvent(event, source?.event, show);
  });
  return shown.filter((_, index) => !merged.has(index));
}

function isScheduling(event: HistoryEvent): event is Scheduled {
  return (
    event.EventType === EVENT_TYPE.TaskScheduled ||
    event.EventType === EVENT_TYPE.SubOrchestrationInstanceCreated
  );
}

function schedulingOf<T>(event: HistoryEvent, scheduled: ReadonlyMap<string, T>): T | undefined {
  if (event.EventType === EVENT_TYPE.TaskCompleted || event.EventType === EVENT_TYPE.TaskFailed)
    return scheduled.get(`TaskScheduled_${event.TaskScheduledId}`);
  if (
    event.EventType === EVENT_TYPE.SubOrchestrationInstanceCompleted ||
    event.EventType === EVENT_TYPE.SubOrchestrationInstanceFailed
  )
    return scheduled.get(`SubOrchestrationInstanceCreated_${event.TaskScheduledId}`);
  return undefined;
}

/** Fields that the extension takes out of every event of a kind. */
const HIDDEN: Partial<Record<keyof typeof EVENT_TYPE, readonly string[]>> = {
  ExecutionStarted: ['Name', 'OrchestrationInstance', 'ParentInstance', 'Version', 'Tags'],
  TaskScheduled: ['Version'],
  SubOrchestrationInstanceCreated: ['Version'],
  TaskCompleted: ['TaskScheduledId'],
  TaskFailed: ['TaskScheduledId'],
  SubOrchestrationInstanceCompleted: ['TaskScheduledId'],
  SubOrchestrationInstanceFailed: ['TaskScheduledId'],
  TimerFired: ['TimerId'],
};

function showEvent(event: HistoryEvent, source: Scheduled | undefined, show: ShowHistory): Shown {
  const name = eventTypeName(event.EventType);
  const hidden = new Set(['EventId', 'IsPlayed', ...(hiddenIn(name) ?? [])]);
  const shown: Shown = Object.fromEntries(Object.entries(event).filter(([field]) => !hidden.has(field)));
  shown['EventType'] = name;
  if (event.EventType === EVENT_TYPE.ExecutionStarted) shown['FunctionName'] = event.Name;
  if (source !== undefined) {
    // The one place where the extension writes UTC as an offset.
    shown['ScheduledTime'] = source.Timestamp.replace(/Z$/, '+00:00');
    shown['FunctionName'] = source.Name;
    shown['Input'] = source.Input;
  }
  if ('Result' in event) {
    if (show.showOutput) shown['Result'] = jsonOrText(event.Result);
    else delete shown['Result'];
  }
  if (!show.showInput) delete shown['Input'];
  return shown;
}

function hiddenIn(name: string): readonly string[] | undefined {
  return Object.entries(HIDDEN).find(([kind]) => kind === name)?.[1];
}

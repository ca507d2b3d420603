// The kinds of history events and their numbers, as DurableTask.Core has them.

export const EVENT_TYPE = {
  ExecutionStarted: 0,
  ExecutionCompleted: 1,
  ExecutionTerminated: 3,
  TaskScheduled: 4,
  TaskCompleted: 5,
  TaskFailed: 6,
  SubOrchestrationInstanceCreated: 7,
  SubOrchestrationInstanceCompleted: 8,
  SubOrchestrationInstanceFailed: 9,
  TimerCreated: 10,
  TimerFired: 11,
  OrchestratorStarted: 12,
  OrchestratorCompleted: 13,
  EventRaised: 15,
  GenericEvent: 17,
  ExecutionSuspended: 19,
  ExecutionResumed: 20,
} as const;

const NAMES = new Map<number, string>(Object.entries(EVENT_TYPE).map(([name, number]) => [number, name]));

/** The name of an event type's number. */
export function eventTypeName(type: number): string {
  const name = NAMES.get(type);
  if (name === undefined) throw new RangeError(`There is no event type ${type}.`);
  return name;
}

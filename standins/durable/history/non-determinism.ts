// Compares what the code asks for now with what the history says it asked for before. If they differ, the words are the
// framework's.
import { type Decision, decisionTypeName } from '../step/decision';
import { EVENT_TYPE } from './event-type';
import type { SubOrchestrationInstanceCreated, TaskScheduled, TimerCreated } from './history';

/** The events that record a decision. */
export type RecordedDecision = TaskScheduled | TimerCreated | SubOrchestrationInstanceCreated;

const A_PREVIOUS = 'A previous execution of this orchestration scheduled';
const WAS_A_CHANGE =
  'Was a change made to the orchestrator code after this instance had already started running?';

/**
 * The contradiction in words, or undefined if `asked` is what `event` records. Kind, id and name are compared, inputs
 * are not.
 */
export function contradiction(event: RecordedDecision, asked: Decision | undefined): string | undefined {
  switch (event.EventType) {
    case EVENT_TYPE.TaskScheduled:
      return activityContradiction(event, asked);
    case EVENT_TYPE.TimerCreated:
      return timerContradiction(event, asked);
    case EVENT_TYPE.SubOrchestrationInstanceCreated:
      return subOrchestrationContradiction(event, asked);
  }
}

function activityContradiction(event: TaskScheduled, asked: Decision | undefined): string | undefined {
  if (asked === undefined)
    return (
      `${A_PREVIOUS} an activity task with sequence ID ${event.EventId} and name '${event.Name}' (version '${event.Version}'), ` +
      `but the current replay execution hasn't (yet?) scheduled this task. ${WAS_A_CHANGE}`
    );
  const before = `${A_PREVIOUS} an activity task with sequence number ${event.EventId} named '${event.Name}', but the current orchestration replay instead`;
  if (asked.kind !== 'activity')
    return `${before} produced a ${decisionTypeName(asked)} action with this sequence number. ${WAS_A_CHANGE}`;
  if (sameName(asked.name, event.Name)) return undefined;
  return `${before} scheduled an activity task named '${asked.name}' with this sequence number.  ${WAS_A_CHANGE}`;
}

function timerContradiction(event: TimerCreated, asked: Decision | undefined): string | undefined {
  const before = `${A_PREVIOUS} a timer task with sequence number ${event.EventId}`;
  if (asked === undefined)
    return `${before} but the current replay execution hasn't (yet?) scheduled this task. ${WAS_A_CHANGE}`;
  if (asked.kind === 'timer') return undefined;
  return (
    `${before} named but the current orchestration replay instead produced a ${decisionTypeName(asked)} action ` +
    `with this sequence number. ${WAS_A_CHANGE}`
  );
}

function subOrchestrationContradiction(
  event: SubOrchestrationInstanceCreated,
  asked: Decision | undefined,
): string | undefined {
  const before =
    `${A_PREVIOUS} a sub-orchestration task with sequence ID ${event.EventId} and name '${event.Name}' ` +
    `(version '${event.Version}', instance ID '${event.InstanceId}'), but the current`;
  if (asked === undefined)
    return `${before} replay execution hasn't (yet?) scheduled this task. ${WAS_A_CHANGE}`;
  if (asked.kind !== 'sub-orchestration')
    return `${before} orchestration replay instead produced a ${decisionTypeName(asked)} action at this sequence number. ${WAS_A_CHANGE}`;
  if (sameName(asked.name, event.Name)) return undefined;
  return `${before} orchestration replay instead scheduled a sub-orchestration task with name ${asked.name} at this sequence number. ${WAS_A_CHANGE}`;
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

// Runs the stored activities, a limited number at a time, and stores how each ended.
import type { InvocationResult } from '../../functions-host/app/function-app';
import { activityFailureDetails } from '../history/dotnet-exception';
import { EVENT_TYPE } from '../history/event-type';
import type { HistoryEvent } from '../history/history';
import { activityTrigger, resultText } from '../history/typed-value';
import type { Hub } from '../hub';
import { isOver } from '../instance-row';
import { KEYS } from '../keys';
import { createLimit } from '../limit';
import { incoming } from '../message';
import type { PendingActivity } from '../outgoing';
import type { Sequenced } from '../store';
import { unknownFunction } from './unknown-function';
import { friendlyMessage } from './worker-failure';

export interface ActivityRunner {
  /** Runs a stored activity. It leaves the store only together with its result, so a crash repeats it. */
  run(activity: Sequenced<PendingActivity>): void;
}

export function createActivityRunner(hub: Hub, maxConcurrent: number): ActivityRunner {
  const limit = createLimit(maxConcurrent);
  return {
    run: (activity) =>
      hub.track(
        `Activity ${activity.value.name}`,
        limit.run(() => runOne(hub, activity)),
      ),
  };
}

async function runOne(hub: Hub, { sequence, value }: Sequenced<PendingActivity>): Promise<void> {
  if (hub.isStopping()) return; // It stays stored and runs in the next life.
  const { InstanceId, ExecutionId } = value.instance;
  const result = await invoke(hub, value);
  const row = hub.store.row(InstanceId);
  const isWanted = row !== undefined && !isOver(row.status) && row.executionId === ExecutionId;
  const message = { instanceId: InstanceId, executionId: ExecutionId, event: ended(hub, value, result) };
  await hub.commit([{ remove: KEYS.activity(sequence) }], isWanted ? [message] : []);
}

async function invoke(hub: Hub, { name, input, instance }: PendingActivity): Promise<InvocationResult> {
  if (hub.invoker.knows('activity', name))
    return hub.invoker.runActivity(name, activityTrigger(input), instance.InstanceId);
  const message = unknownFunction(hub.invoker, 'activity', name);
  hub.log('warning', `${message} It was known when instance "${instance.InstanceId}" scheduled it.`);
  return { status: 'failure', message, stack: '' };
}

function ended(hub: Hub, { taskId, name }: PendingActivity, result: InvocationResult): HistoryEvent {
  if (result.status === 'success')
    return {
      EventType: EVENT_TYPE.TaskCompleted,
      TaskScheduledId: taskId,
      Result: resultText(result.returnValue),
      ...incoming(hub.stamp),
    };
  const message = friendlyMessage(result);
  return {
    EventType: EVENT_TYPE.TaskFailed,
    TaskScheduledId: taskId,
    Reason: `Activity function '${name}' failed: ${message}`,
    Details: activityFailureDetails(message, result),
    FailureDetails: null,
    ...incoming(hub.stamp),
  };
}

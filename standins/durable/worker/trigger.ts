// The JSON that an orchestrator function receives (docs/facts/durable-functions.md#input).
import type { RpcTypedData } from '../../functions-host/app/function-app';
import type { Generation } from '../generation';

/** What the recordings show for Azure Storage and schema V3. The spelling of the last name is the extension's. */
const SETTINGS = {
  upperSchemaVersion: 1,
  upperSchemaVersionNew: 2,
  longRunningTimerIntervalDuration: '3.00:00:00',
  maximumShortTimerDuration: '6.00:00:00',
  defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
};

export function orchestratorTrigger({ started, past, fresh }: Generation): RpcTypedData {
  const rest = JSON.stringify({
    instanceId: started.OrchestrationInstance.InstanceId,
    isReplaying: started.IsPlayed,
    parentInstanceId: started.ParentInstance?.OrchestrationInstance.InstanceId ?? null,
    ...SETTINGS,
  });
  // The input is JSON text already, so it is inserted as it is.
  const history = JSON.stringify([...past, ...fresh]);
  return { string: `{"history":${history},"input":${started.Input ?? 'null'},${rest.slice(1)}` };
}

// Notes what the app is asked and what it answers, in the form of the recordings.
import { EVENT_TYPE } from '../../standins/durable/history/event-type';
import type { HistoryEvent } from '../../standins/durable/history/history';
import type { DurableInvoker } from '../../standins/durable/worker/invoker';
import type { InvocationResult, RpcTypedData } from '../../standins/functions-host/app/function-app';
import type { VirtualTime } from '../../standins/kernel/virtual-time';
import type { AppTime } from './app-time';
import { delayAt } from './latency';

interface Episode {
  readonly instance: string;
  readonly generation: number;
  readonly episode: number;
  readonly input: Trigger;
  readonly output: unknown;
}

interface Trigger {
  readonly history: readonly HistoryEvent[];
  readonly instanceId: string;
  readonly [name: string]: unknown;
}

interface ActivityRun {
  readonly name: string;
  readonly input: RpcTypedData;
  readonly returnValue?: RpcTypedData | null;
  readonly failure?: { readonly message: string; readonly stack: string };
}

export interface Recorder {
  readonly invoker: DurableInvoker;
  readonly episodes: readonly Episode[];
  readonly activities: readonly ActivityRun[];
  /** Whether two activities ever ran at the same time. */
  hadParallelActivities(): boolean;
  /** Holds back the instance's orchestrator until the returned function is called. */
  hold(instanceId: string): () => void;
}

/** Each invocation first takes a little virtual time, as it does on a real host, so that events follow one another. */
export function createRecorder(app: DurableInvoker, appTime: AppTime, time: VirtualTime): Recorder {
  const episodes: Episode[] = [];
  const activities: ActivityRun[] = [];
  const runs = new Map<string, string[]>();
  const held = new Map<string, Promise<void>>();
  let activitiesNow = 0;
  let parallel = false;

  const latency = (): Promise<void> =>
    new Promise((resolve) => time.timers.after(delayAt(time.clock.now()), () => resolve()));
  const invoke = (work: () => Promise<InvocationResult>): Promise<InvocationResult> =>
    appTime.run(time.timers, work);

  return {
    episodes,
    activities,
    hadParallelActivities: () => parallel,
    hold: (instanceId) => {
      let release = (): void => undefined;
      held.set(instanceId, new Promise((resolve) => (release = resolve)));
      return () => {
        held.delete(instanceId);
        release();
      };
    },
    invoker: {
      knows: (kind, name) => app.knows(kind, name),
      names: (kind) => app.names(kind),
      runOrchestrator: async (name, trigger) => {
        const input = JSON.parse(trigger.string ?? '') as Trigger;
        const instance = input.instanceId;
        const generations = runs.get(instance) ?? [];
        runs.set(instance, generations);
        const executionId = executionIdOf(input);
        if (generations.at(-1) !== executionId) generations.push(executionId);
        const generation = generations.length;
        await latency();
        await held.get(instance);
        const result = await invoke(() => app.runOrchestrator(name, trigger));
        const episode = episodes.filter((each) => each.instance === instance).length + 1;
        episodes.push({ instance, generation, episode, input, output: outputOf(result) });
        return result;
      },
      runActivity: async (name, input, instanceId) => {
        parallel ||= ++activitiesNow > 1;
        await latency();
        const result = await invoke(() => app.runActivity(name, input, instanceId));
        activitiesNow--;
        activities.push({ name, input, ...endOf(result) });
        return result;
      },
    },
  };
}

function executionIdOf({ history }: Trigger): string {
  const started = history.find((event) => event.EventType === EVENT_TYPE.ExecutionStarted);
  return started?.OrchestrationInstance.ExecutionId ?? '';
}

const OUT_OF_PROC_DATA = '\n\n$OutOfProcData$:';

function outputOf(result: InvocationResult): unknown {
  if (result.status === 'success') {
    const text = result.returnValue?.json;
    return typeof text === 'string' ? JSON.parse(text) : (result.returnValue ?? null);
  }
  const at = result.message.indexOf(OUT_OF_PROC_DATA);
  if (at === -1) return { invocationFailed: true, messageBefore: result.message, outOfProcData: null };
  const data: unknown = JSON.parse(result.message.slice(at + OUT_OF_PROC_DATA.length));
  return { invocationFailed: true, messageBefore: result.message.slice(0, at), outOfProcData: data };
}

function endOf(result: InvocationResult): Pick<ActivityRun, 'returnValue' | 'failure'> {
  return result.status === 'success'
    ? { returnValue: result.returnValue ?? null }
    : { failure: { message: result.message, stack: result.stack } };
}

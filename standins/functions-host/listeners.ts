// What the host listens to besides HTTP: the queues and timers of the functions that are not switched off.
import type { Clock } from '../kernel/clock';
import type { Journal } from '../kernel/journal';
import type { Timers } from '../kernel/timers';
import type { WriteLog } from './app/app-log';
import { isDisabled } from './app/disabled';
import type { LoadedFunction } from './app/function-app';
import type { FunctionRunner } from './app/function-runner';
import type { HostJson } from './host-json';
import { queueTriggerMetadataOf } from './queues/queue-message';
import { queueFunctions, queueListener } from './queues/queue-trigger';
import { createTimerListener, timerFunctions } from './timers/timer-trigger';

export interface ListenersOptions {
  readonly functions: readonly LoadedFunction[];
  readonly runner: FunctionRunner;
  readonly hostJson: HostJson;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How long a queue message hides at a time while its function works, in seconds. */
  readonly hiddenForS: number;
  /** Where timers keep their schedule's status; called when the app has a timer. */
  readonly timerJournal: () => Journal;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly log: WriteLog;
}

export interface Listeners {
  start(): Promise<void>;
  /** Takes nothing more, waits at most `graceMs` for what is under way, and gives back the messages still in hand. */
  stop(graceMs: number): Promise<void>;
  /** Runs a function apart from its trigger, with that input; undefined where that is not offered. */
  runNow(loaded: LoadedFunction, input: string): (() => Promise<unknown>) | undefined;
}

/** Throws where a queue's connection, a schedule or a `%Setting%` cannot be used. */
export function createListeners(options: ListenersOptions): Listeners {
  const { functions, environment, runner } = options;
  const logFor =
    (functionName: string) =>
    (level: 'debug' | 'information' | 'warning' | 'error', message: string): void =>
      options.log({ level, category: 'system', message, functionName });

  const queues = queueFunctions(functions, environment).map((queue) => ({
    loaded: queue.loaded,
    listener: queueListener(queue, runner, {
      ...options,
      queues: options.hostJson.queues,
      log: logFor(queue.loaded.name),
    }),
  }));
  const timers = timerFunctions(functions, environment).map((timer) => ({
    loaded: timer.loaded,
    listener: createTimerListener(timer, {
      ...options,
      journal: options.timerJournal(),
      log: logFor(timer.loaded.name),
    }),
  }));
  const enabled = ({ loaded }: { readonly loaded: LoadedFunction }): boolean =>
    !isDisabled(loaded.name, environment);

  return {
    start: async () => {
      for (const { listener } of timers.filter(enabled)) await listener.start();
      for (const { listener } of queues.filter(enabled)) listener.start();
    },
    stop: async (graceMs) => {
      await Promise.all([
        ...queues.map(({ listener }) => listener.stop(graceMs)),
        ...timers.map(({ listener }) => listener.stop()),
      ]);
    },
    runNow: (loaded, input) => {
      const timer = timers.find((entry) => entry.loaded === loaded);
      if (timer !== undefined) return () => timer.listener.runNow();
      if (!queues.some((entry) => entry.loaded === loaded)) return undefined;
      return () => runner.run(loaded, { string: input }, queueTriggerMetadataOf(input));
    },
  };
}

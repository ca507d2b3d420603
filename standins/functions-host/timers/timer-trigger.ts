// The functions that a schedule triggers: when each is due, one run at a time, remembered over restarts.
import { z } from 'zod';

import type { Clock } from '../../kernel/clock';
import type { Journal } from '../../kernel/journal';
import type { Timer, Timers } from '../../kernel/timers';
import type { InvocationResult, LoadedFunction } from '../app/function-app';
import type { FunctionRunner } from '../app/function-runner';
import { resolveSettings } from '../local-settings';
import { parseSchedule, type Schedule } from './ncrontab';
import { afterRun, type ScheduleStatus, startingPoint, storedStatus, timerInfo } from './schedule-status';

const timerBinding = z.looseObject({
  schedule: z.string(),
  runOnStartup: z.boolean().default(false),
  useMonitor: z.boolean().default(true),
});

export interface TimerFunction {
  readonly loaded: LoadedFunction;
  readonly schedule: Schedule;
  readonly runOnStartup: boolean;
  readonly useMonitor: boolean;
}

/** The app's timer functions. Throws for a schedule that cannot be used. */
export function timerFunctions(
  functions: readonly LoadedFunction[],
  environment: Readonly<Record<string, string | undefined>>,
): readonly TimerFunction[] {
  return functions
    .filter(({ trigger }) => trigger.type.toLowerCase() === 'timertrigger')
    .map((loaded) => {
      const { schedule, ...rest } = timerBinding.parse(loaded.trigger);
      const usedBy = `The timer trigger of function "${loaded.name}"`;
      return { loaded, ...rest, schedule: parseSchedule(resolveSettings(schedule, environment, usedBy)) };
    });
}

export interface TimerListenerOptions {
  readonly runner: FunctionRunner;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: (level: 'debug' | 'information' | 'error', message: string) => void;
}

export interface TimerListener {
  start(): Promise<void>;
  /** Runs the function at once, apart from its schedule. If a run is under way, it begins after that one. */
  runNow(): Promise<InvocationResult>;
  /** Fires no more; resolves when the run under way has ended. */
  stop(): Promise<void>;
}

export function createTimerListener(timer: TimerFunction, options: TimerListenerOptions): TimerListener {
  const { clock, timers, journal, runner } = options;
  const { loaded, schedule } = timer;
  const key = `timer-status/${loaded.name}`;
  const monitored = timer.useMonitor && schedule.isMonitored(clock.now());
  let status: ScheduleStatus;
  let pending: Timer | undefined;
  let stopped = false;
  /** The end of the run under way. Later runs wait for it. */
  let turn: Promise<unknown> = Promise.resolve();

  const remember = async (next: ScheduleStatus): Promise<void> => {
    status = next;
    if (monitored) await journal.commit([{ put: key, value: next }]);
  };

  const stored = (): ScheduleStatus | undefined => {
    const value = monitored ? journal.get(key) : undefined;
    if (value === undefined) return undefined;
    const { last, next, lastUpdated } = storedStatus.parse(value);
    return { last, next, lastUpdated };
  };

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined); // The caller of this run gets the error.
    return mine;
  };

  const runOnce = (isPastDue: boolean): Promise<InvocationResult> =>
    runner.run(loaded, { json: timerInfo(monitored ? status : undefined, isPastDue) });

  const fire = async (reason: 'schedule' | 'missed' | 'startup'): Promise<void> => {
    if (stopped) return;
    const at = clock.now();
    await runOnce(reason === 'missed');
    await remember(afterRun(status, schedule, at, reason === 'schedule'));
  };

  const fireAt = (at: number, reason: 'schedule' | 'missed' | 'startup'): void => {
    if (stopped) return;
    pending = timers.after(Math.max(0, at - clock.now()), () => {
      void inTurn(() => fire(reason))
        .catch((error: unknown) =>
          options.log('error', `Timer "${loaded.name}" could not be settled: ${String(error)}`),
        )
        .then(() => fireAt(status.next, 'schedule'));
    });
  };

  return {
    start: async () => {
      const now = clock.now();
      const from = startingPoint(stored(), schedule, now);
      await remember(from.status);
      options.log(
        'debug',
        `Next occurrence of "${loaded.name}" (${schedule.expression}): ${new Date(from.status.next).toISOString()}`,
      );
      if (from.missed !== undefined) fireAt(now, 'missed');
      else if (timer.runOnStartup) fireAt(now, 'startup');
      else fireAt(from.status.next, 'schedule');
    },
    runNow: () => inTurn(() => runOnce(false)),
    stop: async () => {
      stopped = true;
      pending?.cancel();
      await turn;
    },
  };
}

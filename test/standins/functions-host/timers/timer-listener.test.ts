import type { LoadedFunction } from '../../../../standins/functions-host/app/function-app';
import { parseSchedule } from '../../../../standins/functions-host/timers/ncrontab';
import {
  createTimerListener,
  type TimerListener,
} from '../../../../standins/functions-host/timers/timer-trigger';
import { createMemoryJournal, type MemoryJournal } from '../../../../standins/kernel/memory-journal';
import { createVirtualTime, type VirtualTime } from '../../../../standins/kernel/virtual-time';
import { advanceInTurns } from '../../../support/advance';

const START = Date.parse('2026-11-22T10:00:30Z');
const trigger = { name: 'timer', type: 'timerTrigger', direction: 'in' } as const;
const loaded: LoadedFunction = { id: 'tick', name: 'tick', bindings: [trigger], trigger };

interface Run {
  readonly at: string;
  readonly isPastDue: boolean;
}

/** A listener under virtual time. `takesMs` says how long a run of the function lasts. */
function listener(
  time: VirtualTime,
  journal: MemoryJournal,
  options: { expression?: string; runOnStartup?: boolean; takesMs?: number } = {},
): { timer: TimerListener; runs: Run[]; mostAtOnce: () => number } {
  const runs: Run[] = [];
  let now = 0;
  let most = 0;
  const timer = createTimerListener(
    {
      loaded,
      schedule: parseSchedule(options.expression ?? '0 * * * * *'),
      runOnStartup: options.runOnStartup ?? false,
      useMonitor: true,
    },
    {
      clock: time.clock,
      timers: time.timers,
      journal,
      log: () => undefined,
      runner: {
        run: async (_, input) => {
          const { IsPastDue } = JSON.parse(input.json ?? '') as { IsPastDue: boolean };
          runs.push({ at: new Date(time.clock.now()).toISOString().slice(11, 19), isPastDue: IsPastDue });
          most = Math.max(most, ++now);
          if (options.takesMs !== undefined)
            await new Promise<void>((resolve) => time.timers.after(options.takesMs ?? 0, resolve));
          now--;
          return { status: 'success', returnValue: undefined, outputs: [] };
        },
      },
    },
  );
  return { timer, runs, mostAtOnce: () => most };
}

test('it runs at each occurrence and keeps its status', async () => {
  const time = createVirtualTime(START);
  const journal = createMemoryJournal();
  const { timer, runs } = listener(time, journal);
  await timer.start();
  await advanceInTurns(time, 150_000);
  expect(runs).toEqual([
    { at: '10:01:00', isPastDue: false },
    { at: '10:02:00', isPastDue: false },
    { at: '10:03:00', isPastDue: false },
  ]);
  expect(journal.get('timer-status/tick')).toMatchObject({ next: Date.parse('2026-11-22T10:04:00Z') });
});

test('after a crash one missed occurrence is made up for, however many there were, and the schedule goes on', async () => {
  const time = createVirtualTime(START);
  const journal = createMemoryJournal();
  await listener(time, journal).timer.start();
  const later = createVirtualTime(START + 600_000);
  const { timer, runs } = listener(later, createMemoryJournal({ from: journal.snapshot() }));
  await timer.start();
  await advanceInTurns(later, 60_000);
  expect(runs).toEqual([
    { at: '10:10:30', isPastDue: true },
    { at: '10:11:00', isPastDue: false },
  ]);
});

test('a run longer than the interval is not overlapped, by the schedule or by hand', async () => {
  const time = createVirtualTime(START);
  const { timer, runs, mostAtOnce } = listener(time, createMemoryJournal(), { takesMs: 90_000 });
  await timer.start();
  await advanceInTurns(time, 40_000);
  const byHand = timer.runNow();
  await advanceInTurns(time, 400_000);
  await byHand;
  expect(mostAtOnce()).toBe(1);
  expect(runs.map(({ at }) => at).slice(0, 2)).toEqual(['10:01:00', '10:02:30']);
});

test('runOnStartup runs once at the start, then by the schedule', async () => {
  const time = createVirtualTime(START);
  const { timer, runs } = listener(time, createMemoryJournal(), { runOnStartup: true });
  await timer.start();
  await advanceInTurns(time, 40_000);
  expect(runs.map(({ at }) => at)).toEqual(['10:00:30', '10:01:00']);
});

test('once stopped it runs no more and leaves no timer', async () => {
  const time = createVirtualTime(START);
  const { timer, runs } = listener(time, createMemoryJournal());
  await timer.start();
  await timer.stop();
  await advanceInTurns(time, 200_000);
  expect(runs).toEqual([]);
  expect(time.nextAt()).toBeUndefined();
});

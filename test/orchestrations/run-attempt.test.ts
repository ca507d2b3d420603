import type { OrchestrationContext, Task } from 'durable-functions';

import { ACTIVITY_NAMES, type Turn } from '../../orchestrations/activity-contract';
import { runAttempt } from '../../orchestrations/run-attempt';
import { NEW_YEAR, testJobId } from '../support/rows';

const STORY = { jobId: testJobId(1), attempt: 1, epoch: 2 };

type Step =
  | { readonly kind: 'activity'; readonly name: string; readonly input: unknown }
  | { readonly kind: 'any'; readonly timer: StubTimer; readonly event: object };
interface StubTimer {
  readonly dueMs: number;
  canceled: boolean;
  cancel: () => void;
}

/** What a story did: each activity it called, each time it waited for, and how it went on. */
interface Told {
  readonly calls: string[];
  readonly inputs: unknown[];
  /** Milliseconds asked for, in order. */
  readonly waits: number[];
  readonly timers: StubTimer[];
  readonly warned: string[];
  continued: unknown;
  /** What was yielded last before the story ended. */
  last: 'activity' | 'any' | undefined;
}

/** Runs one generation. `answer` gives each activity's result, or what it throws. `wins` says what ends a wait. */
function tell(
  answer: (name: string, call: number) => Turn | Error,
  { wins = 'timer', input = STORY }: { wins?: 'timer' | 'wake'; input?: object } = {},
): Told {
  const told: Told = {
    calls: [],
    inputs: [],
    waits: [],
    timers: [],
    warned: [],
    continued: undefined,
    last: undefined,
  };
  let now = NEW_YEAR;
  const df = {
    getInput: () => input,
    isReplaying: false,
    get currentUtcDateTime(): Date {
      return new Date(now);
    },
    callActivity: (name: string, given: unknown): Step => ({ kind: 'activity', name, input: given }),
    createTimer: (due: Date): StubTimer => {
      const timer: StubTimer = {
        dueMs: due.getTime(),
        canceled: false,
        cancel: () => void (timer.canceled = true),
      };
      told.timers.push(timer);
      return timer;
    },
    waitForExternalEvent: (name: string) => ({ name }),
    Task: { any: ([timer, event]: [StubTimer, object]): Step => ({ kind: 'any', timer, event }) },
    continueAsNew: (next: unknown) => void (told.continued = next),
  };
  const context = {
    df,
    warn: (message: string) => void told.warned.push(message),
  } as unknown as OrchestrationContext;
  const story = runAttempt(context) as unknown as Generator<Task & Step, void>;
  let result = story.next();
  while (result.done !== true) {
    const step: Step = result.value;
    told.last = step.kind;
    if (step.kind === 'activity') {
      told.calls.push(step.name);
      told.inputs.push(step.input);
      const turn = answer(step.name, told.calls.length);
      result = turn instanceof Error ? story.throw(turn) : story.next(turn);
    } else {
      told.waits.push(step.timer.dueMs - now);
      now = wins === 'timer' ? step.timer.dueMs : now + 1;
      result = story.next(wins === 'timer' ? step.timer : step.event);
    }
  }
  return told;
}

const GO_ON: Turn = { next: 'go-on' };
const again = (afterMs: number): Turn => ({ next: 'look-again', afterMs });

describe('the story of an attempt', () => {
  test('calls its steps in order, each with ids only, and ends', () => {
    const told = tell(() => GO_ON);
    expect(told.calls).toEqual([...ACTIVITY_NAMES]);
    expect(told.inputs).toEqual(ACTIVITY_NAMES.map(() => STORY));
    expect(told.continued).toBeUndefined();
  });

  test('stays at a step and waits as long as it is told', () => {
    const told = tell((name, call) => (name === 'observeWorkload' && call < 4 ? again(call * 1_000) : GO_ON));
    expect(told.calls.slice(0, 5)).toEqual([
      'createWorkload',
      'observeWorkload',
      'observeWorkload',
      'observeWorkload',
      'archiveTail',
    ]);
    expect(told.waits).toEqual([2_000, 3_000]);
  });

  test('ends at once when another epoch drives the attempt', () => {
    const told = tell((name) => (name === 'archiveTail' ? { next: 'stop' } : GO_ON));
    expect(told.calls).toEqual(['createWorkload', 'observeWorkload', 'archiveTail']);
    expect(told.continued).toBeUndefined();
  });

  test('looks at once when woken, and cancels the timer that lost', () => {
    const told = tell((name, call) => (name === 'observeWorkload' && call < 4 ? again(60_000) : GO_ON), {
      wins: 'wake',
    });
    expect(told.calls.filter((name) => name === 'observeWorkload')).toHaveLength(3);
    expect(told.timers.map(({ canceled }) => canceled)).toEqual([true, true]);
  });

  test('makes a fresh timer for each wait and cancels none that has fired', () => {
    const told = tell((name, call) => (name === 'observeWorkload' && call < 4 ? again(10) : GO_ON));
    expect(new Set(told.timers).size).toBe(2);
    expect(told.timers.some(({ canceled }) => canceled)).toBe(false);
  });

  test('ends a generation after 30 calls, right after an activity, and the next goes on at that step', () => {
    const told = tell((name) => (name === 'observeWorkload' ? again(10) : GO_ON));
    expect(told.calls).toHaveLength(30);
    expect(told.last).toBe('activity');
    expect(told.continued).toEqual({ ...STORY, step: 1, afterMs: 10 });
    const next = tell(() => GO_ON, { input: { ...STORY, step: 1, afterMs: 10 } });
    expect(next.calls).toEqual(ACTIVITY_NAMES.slice(1));
    expect(next.waits).toEqual([]); // A wake may have been dropped with the generation.
  });

  test('begins a generation by waiting only where the next look is due in more than a minute', () => {
    const hour = 3_600_000;
    const told = tell(() => GO_ON, { input: { ...STORY, step: 5, afterMs: hour } });
    expect(told.waits).toEqual([hour]);
    expect(told.calls).toEqual(['removeWorkload']);
  });

  test('tries an activity that fails again, ever later, and says so without the rest of the error', () => {
    const told = tell((name, call) =>
      name === 'createWorkload' && call < 9 ? new Error('away\nat secret.ts') : GO_ON,
    );
    expect(told.waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    expect(told.warned[0]).toBe(`createWorkload of ${testJobId(1)}-1 failed, again in 1000 ms: away`);
    expect(told.calls.at(-1)).toBe('removeWorkload');
  });

  test('tries again too when an activity answers what is no turn', () => {
    const told = tell((name, call) => (call === 1 ? ({ next: 'sideways' } as unknown as Turn) : GO_ON));
    expect(told.waits).toEqual([1_000]);
    expect(told.calls.filter((name) => name === 'createWorkload')).toHaveLength(2);
  });

  test('begins its waits anew after a success between failures', () => {
    const told = tell((_name, call) =>
      call === 1 || call === 3 ? new Error('away') : call === 2 ? again(5) : GO_ON,
    );
    expect(told.waits).toEqual([1_000, 5, 1_000]);
  });

  test('refuses an input that names no story', () => {
    expect(() => tell(() => GO_ON, { input: { jobId: 'x' } })).toThrow('attempt');
  });
});

import type { OrchestrationContext, Task } from 'durable-functions';

import type { StepResult } from '../../orchestrations/activity-contract';
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

/** Runs one generation. `answer`: what each call of the activity answers or throws. `wins`: what ends a wait. */
function tell(
  answer: (call: number) => StepResult | Error,
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
      const answered = answer(told.calls.length);
      result = answered instanceof Error ? story.throw(answered) : story.next(answered);
    } else {
      told.waits.push(step.timer.dueMs - now);
      now = wins === 'timer' ? step.timer.dueMs : now + 1;
      result = story.next(wins === 'timer' ? step.timer : step.event);
    }
  }
  return told;
}

const GO_ON: StepResult = { next: 'go-on' };
const STOP: StepResult = { next: 'stop' };
const again = (afterMs: number): StepResult => ({ next: 'look-again', afterMs });

describe('the story of an attempt', () => {
  test('has the attempt advance, with ids only, until nothing is left to do, and ends', () => {
    const told = tell((call) => (call < 4 ? GO_ON : STOP));
    expect(told.calls).toEqual(['advanceAttempt', 'advanceAttempt', 'advanceAttempt', 'advanceAttempt']);
    expect(told.inputs).toEqual([STORY, STORY, STORY, STORY]);
    expect(told.waits).toEqual([]);
    expect(told.continued).toBeUndefined();
  });

  test('waits as long as it is told between two steps', () => {
    const told = tell((call) => (call < 3 ? again(call * 1_000) : STOP));
    expect(told.waits).toEqual([1_000, 2_000]);
    expect(told.calls).toHaveLength(3);
  });

  test('looks at once when woken, and cancels the timer that lost', () => {
    const told = tell((call) => (call < 3 ? again(60_000) : STOP), { wins: 'wake' });
    expect(told.calls).toHaveLength(3);
    expect(told.timers.map(({ canceled }) => canceled)).toEqual([true, true]);
  });

  test('makes a fresh timer for each wait and cancels none that has fired', () => {
    const told = tell((call) => (call < 3 ? again(10) : STOP));
    expect(new Set(told.timers).size).toBe(2);
    expect(told.timers.some(({ canceled }) => canceled)).toBe(false);
  });

  test.each([
    ['looks', again(10), 10],
    ['steps that follow one another at once', GO_ON, 0],
  ])('ends a generation after 30 %s, right after an activity', (_what, answer, afterMs) => {
    const told = tell(() => answer);
    expect(told.calls).toHaveLength(30);
    expect(told.last).toBe('activity');
    expect(told.continued).toEqual({ ...STORY, afterMs });
  });

  test('begins a generation with a step, because a wake may have been dropped with the last one', () => {
    const next = tell(() => STOP, { input: { ...STORY, afterMs: 60_000 } });
    expect(next.inputs).toEqual([STORY]);
    expect(next.waits).toEqual([]);
  });

  test('begins a generation by waiting only where the next look is due in more than a minute', () => {
    const hour = 3_600_000;
    const told = tell(() => STOP, { input: { ...STORY, afterMs: hour } });
    expect(told.waits).toEqual([hour]);
    expect(told.calls).toHaveLength(1);
  });

  test('tries a step that fails again, ever later, and says so without the rest of the error', () => {
    const told = tell((call) => (call < 9 ? new Error('away\nat secret.ts') : STOP));
    expect(told.waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    expect(told.warned[0]).toBe(`A step of ${testJobId(1)}-1 failed, again in 1000 ms: away`);
    expect(told.calls).toHaveLength(9);
  });

  test('tries again too when the activity answers what is no answer', () => {
    const told = tell((call) => (call === 1 ? ({ next: 'sideways' } as unknown as StepResult) : STOP));
    expect(told.waits).toEqual([1_000]);
    expect(told.calls).toHaveLength(2);
  });

  test('begins its waits anew after a success between failures', () => {
    const told = tell((call) =>
      call === 1 || call === 3 ? new Error('away') : call === 2 ? again(5) : STOP,
    );
    expect(told.waits).toEqual([1_000, 5, 1_000]);
  });

  test('refuses an input that names no story', () => {
    expect(() => tell(() => STOP, { input: { jobId: 'x' } })).toThrow('attempt');
  });
});

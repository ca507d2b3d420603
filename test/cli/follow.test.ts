import { liveLines } from '../../cli/follow/live-lines';
import { QUESTION, stopOnInterrupt } from '../../cli/follow/stop';
import { createTerminalText } from '../../cli/follow/terminal-text';
import { paintFor } from '../../cli/paint';
import { summaryLines } from '../../cli/show/summary';
import { timeline, timesInStates, toldSteps } from '../../cli/show/timeline';
import { at, attempt, job, RUNNING, SUCCEEDED } from '../client/support/jobs';

const PLAIN = paintFor({ write: () => true }, {});

describe('a timeline', () => {
  test('shows the states in order, from the instants of the job', () => {
    expect(timeline(SUCCEEDED).map(({ state, attempt: of }) => [state, of])).toEqual([
      ['Queued', 0],
      ['Provisioning', 1],
      ['Pulling', 1],
      ['Running', 1],
      ['Archiving', 1],
      ['Succeeded', 1],
    ]);
  });

  test('shows that a job waits again, and why', () => {
    const reason = { code: 'capacity', class: 'infrastructure', message: 'no room' } as const;
    const again = job({
      state: 'Provisioning',
      attempts: [
        attempt({ reason, removalRequestedAt: at(4) }),
        attempt({ number: 2, placement: 'there', phases: { provisioning: at(6) } }),
      ],
    });
    expect(timeline(again).map(({ state, detail }) => `${state} ${detail}`)).toEqual([
      'Queued ',
      'Provisioning here',
      'Queued again: capacity: no room',
      'Provisioning attempt 2: there',
    ]);
  });

  test('tells what a workload waits for as a line of its own, once for each such thing', () => {
    const lacking = (code: 'capacity' | 'quota', message: string, seconds: number): Step[] =>
      toldSteps(
        job({
          state: 'Provisioning',
          attempts: [attempt({ lacking: { code, class: 'infrastructure', message, since: at(seconds) } })],
        }),
      );
    type Step = ReturnType<typeof toldSteps>[number];
    const wait = lacking('capacity', 'No node\nhas room.', 3).at(-1);
    expect(wait?.step).toEqual({
      state: 'Provisioning',
      at: Date.parse(at(3)),
      attempt: 1,
      afterProgram: false,
      detail: 'waits for capacity: No node\\nhas room.',
    });
    expect(lacking('capacity', 'A node is being added.', 3).at(-1)?.key).toBe(wait?.key);
    expect(lacking('quota', 'exceeded', 4).at(-1)?.key).not.toBe(wait?.key);
    expect(toldSteps(RUNNING).map(({ step }) => step)).toEqual(timeline(RUNNING));
  });

  test('adds up the time in each state, up to now', () => {
    expect(timesInStates(RUNNING, Date.parse(at(9)))).toEqual([
      { state: 'Queued', ms: 1000 },
      { state: 'Provisioning', ms: 2000 },
      { state: 'Pulling', ms: 2000 },
      { state: 'Running', ms: 4000 },
    ]);
  });
});

test('the summary says outcome, times and what is left', () => {
  expect(summaryLines(SUCCEEDED, PLAIN, Date.parse(at(20)))).toEqual([
    '',
    '✔ Succeeded after 12 s, exit code 0',
    `  job        ${SUCCEEDED.id}`,
    '  placement  here',
    '  times      Queued 1.0 s, Provisioning 2.0 s, Pulling 2.0 s, Running 6.0 s, Archiving 1.0 s',
    '  log        0 bytes',
    '  removal    asked for',
  ]);
});

test('a reason that is a sentence ends the line of the outcome', () => {
  const why = { code: 'cannot-start', class: 'user', message: 'The program could not be started.' } as const;
  const failed = {
    ...SUCCEEDED,
    state: 'Failed',
    outcome: 'Failed',
    reason: why,
    exitCode: undefined,
  } as const;
  expect(summaryLines(failed, PLAIN, Date.parse(at(20)))[1]).toBe(
    '✘ Failed after 12 s, cannot-start: The program could not be started.',
  );
});

test.each([20, 60, 200])('the live display stays within %i columns', (columns) => {
  const state = {
    job: RUNNING,
    unfinished: 'x'.repeat(300),
    question: undefined,
    hint: 'Ctrl-C',
    now: Date.parse(at(9)),
    frame: 3,
    columns,
  };
  for (const line of liveLines(state, PLAIN)) expect(Array.from(line).length).toBeLessThanOrEqual(columns);
});

test('the live display says what a workload waits for while it does', () => {
  const lacking = { code: 'quota', class: 'infrastructure', message: 'used up', since: at(2) } as const;
  const waiting = job({ state: 'Provisioning', attempts: [attempt({ lacking })] });
  const shown = (of: typeof waiting): string =>
    liveLines(
      {
        job: of,
        unfinished: '',
        question: undefined,
        hint: 'Ctrl-C',
        now: Date.parse(at(9)),
        frame: 0,
        columns: 80,
      },
      PLAIN,
    ).join('\n');
  expect(shown(waiting)).toContain('\n  waits for a quota: used up\n');
  expect(shown(RUNNING)).not.toContain('waits for');
});

describe('a log on a terminal', () => {
  test('shows whole lines, and of the unfinished one the last text of a progress bar', () => {
    const text = createTerminalText();
    expect(text.add('one\ntw')).toEqual(['one']);
    expect(text.add('o\n 10%\r 20%')).toEqual(['two']);
    expect(text.unfinished()).toBe(' 20%');
    expect(text.add('\r100%\n')).toEqual(['100%']);
  });

  test('keeps colours, and drops what would move the cursor', () => {
    const text = createTerminalText();
    expect(text.add('\u001b[31mred\u001b[0m\u001b[2J\u001b[10;1H\u001b]0;title\u0007\u0008!\n')).toEqual([
      '\u001b[31mred\u001b[0m!',
    ]);
  });
});

describe('Ctrl-C on a terminal', () => {
  function terminal(): {
    readonly press: (key: string) => void;
    readonly interrupt: () => void;
    readonly asked: (string | undefined)[];
    readonly canceled: () => number;
    readonly stopped: () => boolean;
  } {
    let keys: ((key: string) => void) | undefined;
    let interrupt = (): void => undefined;
    let cancels = 0;
    const asked: (string | undefined)[] = [];
    const stop = stopOnInterrupt({
      host: {
        onInterrupt: (handler) => {
          interrupt = handler;
          return () => undefined;
        },
        onKeys: (handler) => {
          keys = handler;
          return () => {
            keys = undefined;
          };
        },
      },
      ask: (question) => void asked.push(question),
      cancel: () => void (cancels += 1),
    });
    return {
      press: (key) => keys?.(key),
      interrupt: () => interrupt(),
      asked,
      canceled: () => cancels,
      stopped: () => stop.signal.aborted,
    };
  }

  test('asks, and c cancels and goes on watching', () => {
    const it = terminal();
    it.interrupt();
    it.press('c');
    expect([it.asked, it.canceled(), it.stopped()]).toEqual([[QUESTION, undefined], 1, false]);
  });

  test.each(['s', '\r', '\u0003'])('asks, and %j only stops watching', (key) => {
    const it = terminal();
    it.interrupt();
    it.press(key);
    expect([it.canceled(), it.stopped()]).toEqual([0, true]);
  });

  test('asks, and g goes on until the next one, a second one stops at once', () => {
    const it = terminal();
    it.interrupt();
    it.press('x');
    it.press('g');
    expect(it.stopped()).toBe(false);
    it.interrupt();
    it.interrupt();
    expect([it.canceled(), it.stopped()]).toEqual([0, true]);
  });
});

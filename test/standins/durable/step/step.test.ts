// The rules of one step, each by itself: what the extension makes of an action list
// (docs/facts/durable-functions.md#steps-of-an-action-list).
import type { HistoryEvent } from '../../../../standins/durable/history/history';
import {
  activity,
  all,
  any,
  at,
  began,
  begin,
  brief,
  completed,
  done,
  failed,
  jsAt,
  raised,
  retrying,
  run,
  scheduled,
  state,
  sub,
  timer,
  timerCreated,
  timerFired,
  wait,
} from './step-parts';

describe('ids', () => {
  it('are taken in the order of the calls, by activities, timers and sub-orchestrations alike', () => {
    expect(brief(run(state([all(activity(), timer(5), wait('x'), sub('c'))]), begin))).toEqual([
      '0 activity work',
      `1 timer 2026-01-01T00:00:05Z`,
      '2 sub c',
    ]);
  });

  it('are not taken before the action in front has settled', () => {
    const list = [activity(), activity('other')];
    expect(brief(run(state(list), begin))).toEqual(['0 activity work']);
    expect(brief(run(state(list), [...begin, scheduled(0)], [began(1), completed(0)]))).toEqual([
      '1 activity other',
    ]);
  });

  it('go on after a failed task: its failure is for JavaScript to handle', () => {
    const list = [activity(), activity('other')];
    expect(brief(run(state(list), [...begin, scheduled(0)], [began(1), failed(0)]))).toEqual([
      '1 activity other',
    ]);
  });
});

describe('compound tasks', () => {
  it('Task.any goes on with the first, and leaves the loser open', () => {
    const list = [any(activity(), timer(9)), activity('other')];
    const past = [...begin, scheduled(0), timerCreated(1)];
    expect(brief(run(state(list), past, [began(1), completed(0)]))).toEqual(['2 activity other']);
  });

  it('Task.all waits for every child, even after one has failed', () => {
    const list = [all(activity(), activity()), activity('other')];
    const past = [...begin, scheduled(0), scheduled(1)];
    expect(brief(run(state(list), past, [began(1), failed(0)]))).toEqual([]);
    expect(brief(run(state(list), past, [began(1), failed(0), completed(1)]))).toEqual(['2 activity other']);
  });

  it('nest', () => {
    const list = [any(all(activity(), activity()), wait('x')), activity('other')];
    const past = [...begin, scheduled(0), scheduled(1)];
    expect(brief(run(state(list), past, [began(1), completed(1)]))).toEqual([]);
    expect(brief(run(state(list), past, [began(1), raised('x')]))).toEqual(['2 activity other']);
  });
});

describe('events', () => {
  it('that come before the wait are kept, whatever the capitals', () => {
    const list = [timer(5), wait('Go'), activity()];
    const past = [...begin, timerCreated(0)];
    expect(brief(run(state(list), past, [began(1), raised('gO'), timerFired(0)]))).toEqual([
      '1 activity work',
    ]);
  });

  it('go to the wait made last', () => {
    const list = [all(wait('x'), any(wait('x'))), activity()];
    expect(brief(run(state(list), begin, [began(1), raised('x')]))).toEqual([]);
    expect(brief(run(state(list), begin, [began(1), raised('x'), raised('x')]))).toEqual(['0 activity work']);
  });
});

describe('timers', () => {
  it('that are cancelled are created nevertheless and hold up nothing', () => {
    const result = run(done([any(wait('x'), timer(60, true))]), begin);
    expect(brief(result)).toEqual(['0 timer 2026-01-01T00:01:00Z', '1 Completed null']);
  });

  it('longer than six days run as parts of three', () => {
    const day = 24 * 3_600;
    const list = [timer(10 * day), activity()];
    expect(brief(run(state(list), begin))).toEqual([`0 timer ${at(3 * day)}`]);
    const second = [...begin, timerCreated(0), began(3 * day), timerFired(0)];
    expect(brief(run(state(list), second))).toEqual([`1 timer ${at(6 * day)}`]);
    const last = [...second, timerCreated(1), began(8 * day), timerFired(1)];
    expect(brief(run(state(list), last))).toEqual([`2 timer ${jsAt(10 * day).replace('.000', '')}`]);
    const over = [...last, timerCreated(2), began(10 * day), timerFired(2)];
    expect(brief(run(state(list), over))).toEqual(['3 activity work']);
  });
});

describe('retries', () => {
  const options = { firstRetryIntervalInMilliseconds: 2_000, maxNumberOfAttempts: 4 };
  const attempts = (retryOptions: object, count: number): HistoryEvent[] => {
    const events = [...begin];
    for (let n = 0; n < count; n++)
      events.push(
        scheduled(2 * n),
        began(n + 1),
        failed(2 * n),
        timerCreated(2 * n + 1),
        timerFired(2 * n + 1),
      );
    return events;
  };

  it('take an id for each attempt and one for the timer between', () => {
    const past = [...begin, scheduled(0), began(1), failed(0)];
    expect(brief(run(state([retrying(options)]), past))).toEqual([`1 timer ${at(3)}`]);
    expect(brief(run(state([retrying(options)]), [...past, timerCreated(1), timerFired(1)]))).toEqual([
      '2 activity work',
    ]);
  });

  it('wait longer each time, up to the longest interval', () => {
    const growing = { ...options, backoffCoefficient: 3, maxRetryIntervalInMilliseconds: 10_000 };
    const secondFailure = [...attempts(growing, 1), scheduled(2), began(10), failed(2)];
    expect(brief(run(state([retrying(growing)]), secondFailure))).toEqual([`3 timer ${at(16)}`]);
    const thirdFailure = [...attempts(growing, 2), scheduled(4), began(20), failed(4)];
    expect(brief(run(state([retrying(growing)]), thirdFailure))).toEqual([`5 timer ${at(30)}`]);
  });

  it('end with one more timer, due at once', () => {
    const last = [...attempts(options, 3), scheduled(6), began(20), failed(6)];
    expect(brief(run(state([retrying(options)]), last))).toEqual([`7 timer ${at(20)}`]);
    expect(
      brief(run(state([retrying(options), activity()]), [...last, timerCreated(7), timerFired(7)])),
    ).toEqual(['8 activity work']);
  });

  it('end without that timer when their time is up', () => {
    const short = { ...options, retryTimeoutInMilliseconds: 5_000 };
    const late = [...begin, scheduled(0), began(6), failed(0)];
    expect(brief(run(state([retrying(short), activity()]), late))).toEqual(['1 activity work']);
  });
});

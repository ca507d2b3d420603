import { RetryableError } from '../../../domain/errors';
import { reason } from '../../../domain/job/failure-reason';
import { advance } from '../../../jobs/attempt/advance';
import {
  attemptIn,
  changeAttempt,
  onCommit,
  type TestApp,
  testApp,
  withAttempt,
} from '../../support/app/test-app';
import { ABSENT, FOREIGN, intended, present, UNREADABLE } from '../../support/attempts';
import { NEW_YEAR, testJobId } from '../../support/rows';

const JOB = testJobId(1);
const STORY = { jobId: JOB, attempt: 1, epoch: 1 };

async function admitted(): Promise<TestApp> {
  const app = testApp();
  await withAttempt(app);
  return app;
}

function create(app: TestApp, story = STORY): Promise<unknown> {
  return advance(app.ports, story);
}

describe('between intent and create', () => {
  test('no more than the bound may pass by the monotonic clock, whatever the wall clock says', async () => {
    const app = await admitted();
    let monotonic = 0;
    const clock = { now: () => NEW_YEAR, monotonic: () => monotonic };
    app.backend.meanwhile = (asked) => {
      if (asked.startsWith('observe')) monotonic += 60_000;
    };
    expect(await advance({ ...app.ports, clock }, STORY)).toEqual({ next: 'go-on' });
    expect(app.backend.count('create')).toBe(0);
    expect(await attemptIn(app)).toMatchObject({ intent: { kind: 'set' }, answer: 'unknown' });
  });

  test('the time of the write of the intent counts', async () => {
    const app = await admitted();
    onCommit(app, (n, write) => {
      if (n === 1) app.pass(60);
      return write();
    });
    await create(app);
    expect(app.backend.count('create')).toBe(0);
  });

  test('an unreadable look is repeated within the bound', async () => {
    const app = await admitted();
    app.backend.looks = [UNREADABLE, UNREADABLE, ABSENT];
    await create(app);
    expect(app.backend.count('observe')).toBe(3);
    expect(app.backend.count('create')).toBe(1);
  });

  test('nothing is created while no look is readable', async () => {
    const app = await admitted();
    app.backend.looks = [UNREADABLE];
    expect(await create(app)).toEqual({ next: 'go-on' });
    expect(app.backend.count('create')).toBe(0);
    expect(app.now() - NEW_YEAR).toBeGreaterThanOrEqual(60_000);
  });

  test('a workload of ours that is there already is left to the next step', async () => {
    const app = await admitted();
    app.backend.looks = [present()];
    expect(await create(app)).toEqual({ next: 'go-on' });
    expect(app.backend.count('create')).toBe(0);
  });

  test('a workload that is not ours takes the name: it is not touched, the attempt is gone', async () => {
    const app = await admitted();
    app.backend.looks = [FOREIGN];
    await create(app);
    expect(app.backend.asked).toEqual([`observe ${JOB}-1`]);
    expect(await attemptIn(app)).toMatchObject({
      verdict: { reason: { code: 'name-taken' } },
      cleanup: 'gone',
    });
    expect(app.kicks.sent).toHaveLength(1);
  });
});

describe('the answer to a create', () => {
  test('refused: verdict with its reason, gone, place given on', async () => {
    const app = await admitted();
    app.backend.answer = { kind: 'refused', reason: reason('capacity', 'no GPUs today') };
    await create(app);
    expect(await attemptIn(app)).toMatchObject({
      answer: 'refused',
      verdict: { kind: 'failed', reason: { code: 'capacity', message: 'no GPUs today' } },
      cleanup: 'gone',
    });
    expect(app.kicks.sent).toHaveLength(1);
  });

  test('unknown: nothing is concluded', async () => {
    const app = await admitted();
    app.backend.answer = { kind: 'unknown', why: 'HTTP 500' };
    await create(app);
    const row = await attemptIn(app);
    expect(row).toMatchObject({ answer: 'unknown', cleanup: 'none', intent: { kind: 'set' } });
    expect(row.verdict).toBeUndefined();
  });

  test.each([
    ['accepted', { kind: 'accepted' }],
    ['refused', { kind: 'refused', reason: reason('quota', 'full') }],
  ] as const)('%s but not stored is forgotten: its fate is unknown', async (_what, answer) => {
    const app = await admitted();
    app.backend.answer = answer;
    onCommit(app, (n, write) =>
      n === 2 ? Promise.reject(new RetryableError('the store is away')) : write(),
    );
    expect(await create(app)).toEqual({ next: 'go-on' });
    expect(await attemptIn(app)).toMatchObject({ answer: 'unknown', cleanup: 'none' });
    expect(app.logged.join()).toContain('its fate counts as unknown');
  });

  test('is not written over what another epoch has made of the attempt', async () => {
    const app = await admitted();
    app.backend.answer = { kind: 'refused', reason: reason('quota', 'full') };
    app.backend.meanwhile = async (asked) => {
      if (asked.startsWith('create')) await changeAttempt(app, { epoch: 2 });
    };
    await create(app);
    expect(await attemptIn(app)).toMatchObject({ epoch: 2, answer: 'unknown', cleanup: 'none' });
  });

  test('is not written over a verdict', async () => {
    const app = await admitted();
    app.backend.answer = { kind: 'refused', reason: reason('quota', 'full') };
    const { verdict } = intended({ verdict: { kind: 'canceled', reason: reason('canceled', 'c') } });
    app.backend.meanwhile = async (asked) => {
      if (asked.startsWith('create')) await changeAttempt(app, { verdict });
    };
    await create(app);
    expect(await attemptIn(app)).toMatchObject({ verdict: { kind: 'canceled' }, answer: 'unknown' });
  });
});

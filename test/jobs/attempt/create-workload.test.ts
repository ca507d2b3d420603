import { RetryableError } from '../../../domain/errors';
import type { RowChange } from '../../../domain/ports/job-store';
import { advance } from '../../../jobs/attempt/advance';
import { goneKick } from '../../../jobs/placement/kick';
import {
  attemptIn,
  changeAttempt,
  onCommit,
  rowsOf,
  type TestApp,
  testApp,
  withAttempt,
  withCancel,
} from '../../support/app/test-app';
import { testPlacement } from '../../support/placements';
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

describe('creating a workload', () => {
  test('writes the intent, looks, then sends one create and keeps its answer', async () => {
    const app = await admitted();
    app.backend.meanwhile = async (asked) => {
      if (asked.startsWith('create'))
        expect(await attemptIn(app)).toMatchObject({ intent: { kind: 'set', nonce: 'nonce 1' } });
    };
    app.pass(30);
    expect(await create(app)).toEqual({ next: 'go-on' });
    expect(app.backend.asked).toEqual([`observe ${JOB}-1`, `create ${JOB}-1`]);
    expect(await attemptIn(app)).toMatchObject({
      answer: 'accepted',
      intent: { at: NEW_YEAR + 30_000 },
      createdAt: NEW_YEAR + 30_000,
      expiresAt: NEW_YEAR + 30_000 + (1_200 + 1_800 + 86_400 + 300 + 600) * 1_000,
      seen: false,
      cleanup: 'none',
    });
  });

  test('sends the spec, the secrets held for the job, the instants of the tags and a time limit', async () => {
    const app = await admitted();
    await app.heldSecrets.put(JOB, 'a'.repeat(64), { TOKEN: 'open sesame' });
    await create(app);
    expect(app.backend.creates).toMatchObject([
      {
        ref: { name: `${JOB}-1`, placement: 'eastus', owner: 'owner0000000', jobId: JOB, attempt: 1 },
        spec: { image: 'example/program:1' },
        secrets: { TOKEN: 'open sesame' },
        createdAt: NEW_YEAR,
        timeoutMs: 120_000,
      },
    ]);
    expect(JSON.stringify(await rowsOf(app))).not.toContain('open sesame');
  });

  test('in a placement that is not configured any more ends the attempt before any intent; the next placement is tried', async () => {
    const app = testApp({ placements: [testPlacement({ name: 'westus2' })] });
    await withAttempt(app);
    expect(await create(app)).toEqual({ next: 'go-on' });
    expect(app.backend.asked).toEqual([]);
    expect(await attemptIn(app)).toMatchObject({
      intent: { kind: 'closed' },
      cleanup: 'gone',
      verdict: {
        kind: 'failed',
        reason: {
          code: 'refused',
          class: 'infrastructure',
          message: 'Placement eastus is not configured any more.',
        },
      },
    });
    expect(app.kicks.sent.map(({ text }) => text)).toEqual([goneKick('eastus', `${JOB}-1`)]);
  });

  test('counts the provisioning deadline from the create, not from the admission', async () => {
    const app = await admitted();
    app.pass(5_000);
    await create(app);
    expect(await attemptIn(app)).toMatchObject({ phase: 'provisioning', phaseSince: NEW_YEAR + 5_000_000 });
  });

  test('is never done again: a second execution only looks', async () => {
    const app = await admitted();
    await create(app);
    expect(await create(app)).toMatchObject({ next: 'look-again' });
    expect(app.backend.count('create')).toBe(1);
    expect(app.backend.count('observe')).toBe(2);
  });

  test('at once by two executions of one story sends one create', async () => {
    const app = await admitted();
    await Promise.all([create(app), create(app), create(app)]);
    expect(app.backend.count('create')).toBe(1);
  });

  test('is not done by a story of an older epoch', async () => {
    const app = await admitted();
    await changeAttempt(app, { epoch: 2 });
    expect(await create(app)).toEqual({ next: 'stop' });
    expect(app.backend.asked).toEqual([]);
  });

  test('sees a cancel first: intent closed, verdict Canceled, gone, in one write, and its place is given on', async () => {
    const app = await admitted();
    await withCancel(app);
    const written: (readonly RowChange[])[] = [];
    onCommit(app, (_n, write, changes) => {
      written.push(changes);
      return write();
    });
    expect(await create(app)).toEqual({ next: 'go-on' });
    expect(app.backend.asked).toEqual([]);
    expect(written).toHaveLength(1);
    expect(await attemptIn(app)).toMatchObject({
      intent: { kind: 'closed' },
      verdict: { kind: 'canceled' },
      cleanup: 'gone',
    });
    expect(app.kicks.sent.map(({ text }) => JSON.parse(text) as unknown)).toEqual([
      { placement: 'eastus', freed: `${JOB}-1` },
    ]);
  });
});

describe('the intent of a create', () => {
  test('is ours when its write succeeded although the answer was lost', async () => {
    const app = await admitted();
    onCommit(app, async (n, write) => {
      const answer = await write();
      if (n === 1) throw new RetryableError('no answer');
      return answer;
    });
    await create(app);
    expect(app.backend.count('create')).toBe(1);
  });

  test('is ours when a repeat of its write met the write itself', async () => {
    const app = await admitted();
    onCommit(app, async (n, write) => {
      const answer = await write();
      return n === 1 ? 'changed' : answer;
    });
    await create(app);
    expect(app.backend.count('create')).toBe(1);
  });

  test('is not ours when its write did not arrive: nothing is sent before another', async () => {
    const app = await admitted();
    onCommit(app, (n, write) => (n === 1 ? Promise.reject(new RetryableError('no answer')) : write()));
    await create(app);
    expect(await attemptIn(app)).toMatchObject({
      intent: { kind: 'set', nonce: 'nonce 2' },
      answer: 'accepted',
    });
    expect(app.backend.count('create')).toBe(1);
  });

  test('is not ours when another execution wrote its own first', async () => {
    const app = await admitted();
    onCommit(app, async (n, write) => {
      if (n === 1) {
        await changeAttempt(app, { intent: { kind: 'set', nonce: 'somebody else', at: NEW_YEAR } });
        throw new RetryableError('no answer');
      }
      return write();
    });
    expect(await create(app)).toMatchObject({ next: 'look-again' });
    expect(app.backend.asked).toEqual([`observe ${JOB}-1`]); // As whoever did not create it does.
  });

  test('leads to no create when the write fails and can not be read back', async () => {
    const app = await admitted();
    onCommit(app, () => {
      app.jobs.read = () => Promise.reject(new RetryableError('the store is away'));
      return Promise.reject(new RetryableError('no answer'));
    });
    await expect(create(app)).rejects.toThrow('the store is away');
    expect(app.backend.asked).toEqual([]);
  });

  test('is not written when spec or backend can not be had', async () => {
    const app = await admitted();
    app.ports.specs.get = () => Promise.reject(new RetryableError('no spec now'));
    await expect(create(app)).rejects.toThrow('no spec now');
    expect((await attemptIn(app)).intent).toEqual({ kind: 'none' });
  });
});

import fc from 'fast-check';

import { keepPoison } from '../../../functions/queues/keep-poison';
import { rejectedJobId } from '../../../jobs/job/reject';
import { rowsOf, type TestApp, testApp } from '../../support/app/test-app';
import { MemoryUnhandledMessages } from '../../support/memory/memory-unhandled-messages';

const idOf = async (app: TestApp, id: string): Promise<string> =>
  rejectedJobId((await app.ports.owner.get()).id, id);

async function keep(app: TestApp, text: string, id = 'message 1'): Promise<string> {
  const unhandled = new MemoryUnhandledMessages();
  unhandled.add(id, text);
  await keepPoison({ ...app.ports, unhandled });
  expect(unhandled.count()).toBe(0);
  return idOf(app, id);
}

describe('a poison message', () => {
  test('is kept as a Rejected job, announced, its bytes with it, and removed', async () => {
    const app = testApp();
    const jobId = await keep(app, '{"image":"example/program:1"}');
    expect((await rowsOf(app, jobId)).job.row).toMatchObject({ state: 'over', outcome: 'Rejected' });
    expect(app.rejected.bytesOf(jobId)?.toString()).toBe('{"image":"example/program:1"}');
    expect(app.events.sent).toHaveLength(1);
  });

  test('delivered again is the same job', async () => {
    const app = testApp();
    await keep(app, 'not json');
    await keep(app, 'not json');
    expect(app.jobs.jobIds()).toHaveLength(1);
    expect(app.events.sent).toHaveLength(1);
  });

  test('with an id in its body goes by the id that the queue gave it', async () => {
    const app = testApp();
    await keep(app, '{"id":"same"}', 'one');
    await keep(app, '{"id":"same"}', 'two');
    expect(app.jobs.jobIds()).toHaveLength(2);
  });

  test('keeps no literal secret', async () => {
    const app = testApp();
    const text = JSON.stringify({ image: 'a', env: { TOKEN: { secure: 'open sesame' } } });
    for (const [id, sent] of Object.entries({ plain: text, base64: Buffer.from(text).toString('base64') })) {
      const jobId = await keep(app, sent, id);
      expect(app.rejected.bytesOf(jobId)?.toString()).not.toContain('open sesame');
      expect(JSON.stringify(await rowsOf(app, jobId))).not.toContain('open sesame');
    }
  });

  test('starts nothing and asks no backend: it only stores', async () => {
    const app = testApp();
    await keep(app, '{"image":"example/program:1"}');
    expect([app.starter.started, app.backend.asked, await app.hints.listWaiting()]).toEqual([[], [], []]);
  });

  test('that can not be stored stays in the queue, is logged, and is in the way of no other', async () => {
    const app = testApp();
    const unhandled = new MemoryUnhandledMessages();
    unhandled.add('bad', 'bad');
    unhandled.add('good', 'good');
    const badJob = await idOf(app, 'bad');
    const put = app.rejected.put.bind(app.rejected);
    app.rejected.put = (jobId, bytes) =>
      jobId === badJob ? Promise.reject(new Error('storage is away')) : put(jobId, bytes);
    await expect(keepPoison({ ...app.ports, unhandled })).rejects.toThrow(/1 messages.*storage is away/);
    expect(app.jobs.jobIds()).toEqual([await idOf(app, 'good')]);
    expect(unhandled.count()).toBe(1);
    app.rejected.put = put;
    unhandled.unhide();
    await keepPoison({ ...app.ports, unhandled });
    expect(app.jobs.jobIds()).toContain(badJob);
    expect(unhandled.count()).toBe(0);
  });

  test('of whatever content can be kept', async () => {
    const texts = fc.oneof(fc.json(), fc.string({ unit: 'binary' }));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const app = testApp();
        expect((await rowsOf(app, await keep(app, text))).job.row.outcome).toBe('Rejected');
      }),
      { numRuns: 100 },
    );
  });
});

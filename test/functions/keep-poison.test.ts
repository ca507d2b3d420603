import { InvocationContext } from '@azure/functions';
import fc from 'fast-check';

import type { Services } from '../../app/services';
import { keepPoison } from '../../functions/keep-poison';
import { rejectedJobId } from '../../jobs/reject';
import { rowsOf, type TestApp, testApp } from '../support/app/test-app';

async function keep(app: TestApp, entry: unknown, id = 'message 1'): Promise<string> {
  const context = new InvocationContext({ triggerMetadata: { id }, logHandler: () => undefined });
  await keepPoison(app.ports as unknown as Services, entry, context); // Reads the ports of `reject` alone.
  return rejectedJobId((await app.ports.owner.get()).id, id);
}

describe('a poison message', () => {
  test('is kept as a Rejected job, announced, its bytes with it', async () => {
    const app = testApp();
    const jobId = await keep(app, { image: 'example/program:1' });
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

  test('keeps no literal secret', async () => {
    const app = testApp();
    const jobId = await keep(app, { image: 'a', env: { TOKEN: { secure: 'open sesame' } } });
    expect(app.rejected.bytesOf(jobId)?.toString()).not.toContain('open sesame');
    expect(JSON.stringify(await rowsOf(app, jobId))).not.toContain('open sesame');
  });

  test('starts nothing and asks no backend: it only stores', async () => {
    const app = testApp();
    await keep(app, { image: 'example/program:1' });
    expect([app.starter.started, app.backend.asked, await app.hints.listWaiting()]).toEqual([[], [], []]);
  });

  test('of whatever content can be kept', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })), async (entry) => {
        const app = testApp();
        expect((await rowsOf(app, await keep(app, entry))).job.row.outcome).toBe('Rejected');
      }),
      { numRuns: 100 },
    );
  });
});

import { newProgress } from '../../../../standins/stack/demo/job-progress';
import { watchJobs } from '../../../../standins/stack/demo/watch';
import type { JobsApi } from '../../../../standins/stack/jobs-api';
import { exampleAttempt, exampleJob } from './example-job';

/** An API with one job, for whoever only reads. */
function apiOf(job: ReturnType<typeof exampleJob>, log: string): JobsApi {
  const refused = (): never => {
    throw new Error('The demo only reads what it has submitted.');
  };
  return {
    ...{ submit: refused, convert: refused, cancel: refused, tick: refused },
    list: () => Promise.resolve([{ ...job, attempt: job.attempts.length }]),
    get: () => Promise.resolve(job),
    log: (_id, _attempt, offset) => Promise.resolve(Buffer.from(log).subarray(offset)),
  };
}

test('the log of a program that no look found running is read, too', async () => {
  const job = exampleJob({
    ...{ state: 'Succeeded', outcome: 'Succeeded', labels: { demo: 'short' } },
    attempts: [exampleAttempt({ cleanup: 'gone', logBytes: 5 })],
  });
  const [watched] = await watchJobs(apiOf(job, 'done\n'), [newProgress('short', 'HTTP', '1 × T4')], {
    signal: AbortSignal.timeout(5_000),
    onLook: () => undefined,
  });
  expect(watched?.logLines).toEqual(['done']);
});

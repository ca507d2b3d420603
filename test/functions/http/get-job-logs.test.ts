import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import { z } from 'zod';

import { problemSchema } from '../../../api/problem';
import type { LogCompletion } from '../../../domain/logs/log-completion';
import { CONTAINER_NAME } from '../../../domain/ports/compute-backend';
import { jobLogsHandler } from '../../../functions/http/get-job-logs';
import { type TestApp, testApp, withAttempt } from '../../support/app/test-app';
import { NEW_YEAR, testJobId } from '../../support/rows';

const LIVE = { name: 'the stream', limits: 'the last lines' };
const FULL = { name: 'the store', limits: 'minutes late' };
const COMPLETING: LogCompletion = { state: 'completing', live: LIVE, source: FULL, at: NEW_YEAR };
const COMPLETE: LogCompletion = {
  state: 'complete',
  live: LIVE,
  source: FULL,
  at: NEW_YEAR,
  generation: 2,
  bytes: 9,
};

/** A job that is over: its stream showed its last line only, the second generation, if it is given, has both. */
async function over(logCompletion?: LogCompletion, second?: 'completing' | 'complete'): Promise<TestApp> {
  const app = testApp();
  await withAttempt(
    app,
    { cleanup: 'gone', verdict: { kind: 'succeeded', exitCode: 0 }, logCompletion },
    { state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR, eventSent: true },
  );
  const ref = { jobId: testJobId(1), attempt: 1, container: CONTAINER_NAME };
  const archive = app.ports.logArchive;
  const why = 'Lines before this were not shown.';
  await (
    await archive.end(ref, 'fresh')
  ).append({ bytes: Buffer.from('last\n'), gap: { at: 0, kind: 'missing', why } });
  await archive.close(ref);
  if (second !== undefined) {
    const full = { ...ref, generation: 2 };
    await archive.note(full, { generation: 2, source: FULL.name, state: second });
    await (await archive.end(full, 'fresh')).append({ bytes: Buffer.from('all\nlast\n') });
    await archive.close(full);
  }
  return app;
}

async function get(app: TestApp, query: string, id = testJobId(1)): Promise<HttpResponseInit> {
  const request = new HttpRequest({
    method: 'GET',
    url: `http://localhost/api/jobs/${id}/logs?${query}`,
    params: { id },
  });
  return z
    .custom<HttpResponseInit>((answer) => typeof answer === 'object')
    .parse(await jobLogsHandler(app.ports)(request, new InvocationContext()));
}

function textOf({ body }: HttpResponseInit): string {
  return z.instanceof(Uint8Array).transform(String).parse(body);
}

function problemOf({ body }: HttpResponseInit): z.infer<typeof problemSchema> {
  return problemSchema.parse(JSON.parse(z.string().parse(body)));
}

describe('without a word of a generation', () => {
  test('the first is read, and the headers say that a fuller one is there', async () => {
    const answer = await get(await over(COMPLETE, 'complete'), '');
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'x-log-generation': '1', 'x-log-state': 'complete', 'x-log-fuller': '2', 'x-log-next': '5' },
    });
    expect(textOf(answer)).toBe('last\n');
  });

  test('a log that is being completed names no fuller one', async () => {
    const { headers } = await get(await over(COMPLETING, 'completing'), '');
    expect(headers).toMatchObject({ 'x-log-generation': '1', 'x-log-state': 'completing' });
    expect(headers).not.toHaveProperty('x-log-fuller');
  });

  test('a log that nothing completes has no state', async () => {
    const { headers } = await get(await over(), '');
    expect(headers).toMatchObject({ 'x-log-generation': '1' });
    expect(headers).not.toHaveProperty('x-log-state');
  });
});

describe('a later generation', () => {
  test('is read by its own offsets and gaps', async () => {
    const answer = await get(await over(COMPLETE, 'complete'), 'generation=2&from=4');
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'x-log-generation': '2',
        'x-log-state': 'complete',
        'x-log-from': '4',
        'x-log-next': '9',
        'x-log-gaps': '[]',
        'x-log-final': 'true',
      },
    });
    expect(answer.headers).not.toHaveProperty('x-log-fuller');
    expect(textOf(answer)).toBe('last\n');
  });

  test('that is not there is a 404, which says where the whole one is named', async () => {
    const answer = await get(await over(COMPLETE, 'complete'), 'generation=3');
    expect(answer.status).toBe(404);
    const { title, detail } = problemOf(answer);
    expect(title).toBe('No such generation');
    expect(detail).toContain(`attempt 1 of job ${testJobId(1)} has no generation 3`);
    expect(detail).toContain(`GET /api/jobs/${testJobId(1)}`);
  });

  test('of an attempt that is not there is a 404', async () => {
    expect(await get(await over(COMPLETE, 'complete'), 'generation=2&attempt=7')).toMatchObject({
      status: 404,
    });
  });

  test.each(['0', '-1', '1.5', 'x', '', '10000'])(
    'generation=%s is a 400, which says what is allowed',
    async (generation) => {
      const answer = await get(await over(COMPLETE, 'complete'), `generation=${generation}`);
      expect(answer.status).toBe(400);
      const { detail, errors } = problemOf(answer);
      expect(errors).toMatchObject([{ parameter: 'generation' }]);
      expect(detail).toContain('generation');
    },
  );
});

test('a job that is not there is a 404, whatever the generation', async () => {
  const answer = await get(await over(), 'generation=2', testJobId(2));
  expect(answer.status).toBe(404);
  expect(problemOf(answer).detail).toContain(testJobId(2));
});

import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import { z } from 'zod';

import type { AttemptRow } from '../../../domain/attempt/attempt';
import { jobOutputsHandler } from '../../../functions/http/get-job-outputs';
import { outputContentHandler } from '../../../functions/http/get-output-content';
import { type TestApp, withAttempt } from '../../support/app/test-app';
import { appWithShare } from '../../support/outputs/app-with-share';
import { type LocalShare, openLocalShare } from '../../support/outputs/local-share';
import { testJobId } from '../../support/rows';

const JOB = testJobId(1);

let share: LocalShare;
let app: TestApp;
beforeEach(async () => {
  share = await openLocalShare();
  app = appWithShare(share);
  await share.write(`outputs/${JOB}/1/model/weights.bin`, '0123456789');
  await share.write(`outputs/${JOB}/1/report.txt`, 'hello');
  await share.write('secret-of-another', 'stolen');
});
afterEach(() => share.close());

async function withOutputs(outputs: AttemptRow['outputs']): Promise<void> {
  await withAttempt(app, { outputs });
}

interface Asked {
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
}

const answerSchema = z.custom<HttpResponseInit>((answer) => typeof answer === 'object');

async function list(query: Record<string, string> = {}): Promise<HttpResponseInit> {
  const request = new HttpRequest({ method: 'GET', url: 'http://localhost/', params: { id: JOB }, query });
  return answerSchema.parse(await jobOutputsHandler(app.ports)(request, new InvocationContext()));
}

async function content({ query = {}, headers = {} }: Asked, attempt = '1'): Promise<HttpResponseInit> {
  const params = { id: JOB, attempt };
  const request = new HttpRequest({ method: 'GET', url: 'http://localhost/', params, query, headers });
  return answerSchema.parse(await outputContentHandler(app.ports)(request, new InvocationContext()));
}

function textOf({ body }: HttpResponseInit): string {
  return z.instanceof(Uint8Array).transform(String).parse(body);
}

describe('the outputs of an attempt over HTTP', () => {
  test('are listed page by page', async () => {
    await withOutputs({ state: 'open' });
    const first = await list({ limit: '1' });
    expect(first.jsonBody).toMatchObject({
      jobId: JOB,
      attempt: 1,
      state: 'open',
      outputs: [{ path: 'model/weights.bin', bytes: 10 }],
      continuation: '1',
    });
    const second = await list({ limit: '1', continuation: '1' });
    expect(second.jsonBody).toMatchObject({ outputs: [{ path: 'report.txt', bytes: 5 }] });
    expect(second.jsonBody).not.toHaveProperty('continuation');
  });

  test('are none where the spec asks for none', async () => {
    await withOutputs(undefined);
    expect(await list()).toMatchObject({ status: 404 });
    expect(await content({ query: { path: 'report.txt' } })).toMatchObject({ status: 404 });
    expect(share.requests()).toBe(0);
  });

  test('can not be read while the share is out of reach, and the answer says so', async () => {
    await withOutputs({ state: 'open' });
    share.setFault('unreachable');
    const answer = await list();
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    expect(JSON.stringify(answer.body)).toContain('acct/results');
    share.setFault('redirected');
    expect(await content({ query: { path: 'report.txt' } })).toMatchObject({ status: 502 });
  });
});

describe('the content of an output over HTTP', () => {
  beforeEach(() => withOutputs({ state: 'open' }));

  test('is given whole', async () => {
    const answer = await content({ query: { path: 'report.txt' } });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-disposition': 'attachment' } });
    expect(textOf(answer)).toBe('hello');
  });

  test('is given from an offset on, so that a download can go on', async () => {
    const query = { path: 'model/weights.bin' };
    const rest = await content({ query, headers: { range: 'bytes=7-' } });
    expect(rest).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 7-9/10' } });
    expect(textOf(rest)).toBe('789');
    const part = await content({ query, headers: { range: 'bytes=2-4' } });
    expect(textOf(part)).toBe('234');
    expect(await content({ query, headers: { range: 'bytes=10-' } })).toMatchObject({ status: 416 });
    expect(await content({ query, headers: { range: 'bytes=0-1,4-5' } })).toMatchObject({ status: 400 });
  });

  test.each([
    '../../../secret-of-another',
    '..',
    'model/../report.txt',
    '/report.txt',
    'a//b',
    'a\\b',
    'a\0b',
    '',
  ])('is not asked for by the path %j', async (path) => {
    const asked = share.requests();
    expect(await content({ query: { path } })).toMatchObject({ status: 400 });
    expect(share.requests()).toBe(asked);
  });

  test('is none of another attempt, nor of no number', async () => {
    expect(await content({ query: { path: 'report.txt' } }, '2')).toMatchObject({ status: 404 });
    expect(await content({ query: { path: 'report.txt' } }, '..')).toMatchObject({ status: 404 });
    expect(await content({ query: { path: 'absent' } })).toMatchObject({ status: 404 });
  });
});

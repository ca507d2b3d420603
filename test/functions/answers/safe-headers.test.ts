import { InvocationContext, PostInvocationContext } from '@azure/functions';
import { z } from 'zod';

import { problem } from '../../../functions/answers/problem';
import { addSafeHeaders } from '../../../functions/answers/safe-headers';
import { tooManyWaiters } from '../../../functions/answers/too-many-waiters';

const answerSchema = z.looseObject({ headers: z.instanceof(Headers) });

function answered(result: unknown, type = 'httpTrigger'): unknown {
  const invocationContext = new InvocationContext({
    options: { trigger: { type, direction: 'in', name: 'trigger' } },
  });
  const ended = new PostInvocationContext({ invocationContext, error: undefined, result });
  addSafeHeaders(ended);
  return ended.result;
}

describe('every answer', () => {
  test.each([
    ['of JSON', { status: 200, jsonBody: {} }],
    ['of a log', { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: '<script>' }],
    ['that says what is wrong', problem(400, 'Bad', 'It is bad.')],
    ['that tells to ask again', tooManyWaiters()],
  ])('%s is neither guessed at, run, framed, included nor kept by a browser', (_, result) => {
    const { headers } = answerSchema.parse(answered(result));
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'; sandbox",
    );
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('keeps the headers that it has', () => {
    const { headers } = answerSchema.parse(answered(tooManyWaiters()));
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/problem+json',
      'retry-after': '5',
    });
  });
});

test('what no request waits for stays as it is', () => {
  expect(answered('a message', 'queueTrigger')).toBe('a message');
  expect(answered(undefined)).toBeUndefined();
});

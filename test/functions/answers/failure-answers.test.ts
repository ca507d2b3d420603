import { InvocationContext, PostInvocationContext } from '@azure/functions';
import { z } from 'zod';

import { problemSchema } from '../../../api/problem';
import { RetryableError, TerminalError } from '../../../domain/errors';
import { answerFailure } from '../../../functions/answers/failure-answers';

const answerSchema = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/** An invocation that ended in this way. */
function ended(error: unknown, type = 'httpTrigger') {
  const logged: unknown[] = [];
  const invocationContext = new InvocationContext({
    invocationId: 'invocation 1',
    options: { trigger: { type, direction: 'in', name: 'trigger' } },
    logHandler: (_level, ...args) => void logged.push(...args),
  });
  const after = new PostInvocationContext({ invocationContext, error, result: undefined });
  answerFailure(after);
  return { after, logged };
}

function answerOf(error: unknown) {
  const { after, logged } = ended(error);
  expect(after.error).toBeUndefined();
  expect(logged).toEqual([error]);
  const { status, headers, body } = answerSchema.parse(after.result);
  expect(headers['content-type']).toBe('application/problem+json');
  const problem = problemSchema.parse(JSON.parse(body));
  expect(problem.status).toBe(status);
  return { headers, ...problem };
}

describe('a request whose function throws', () => {
  test('because a service gave no answer is answered with when to ask again', () => {
    const { status, headers, detail } = answerOf(new RetryableError('Storage gave no definite answer'));
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('5');
    expect(detail).toContain('Storage gave no definite answer. Ask again.');
    expect(detail).toContain('invocation 1');
  });

  test('for a known reason is answered with the reason', () => {
    const { status, detail } = answerOf(new TerminalError('Storage refused to read the row'));
    expect(status).toBe(500);
    expect(detail).toContain('Storage refused to read the row');
  });

  test('for anything else is answered with where to look, and with nothing of what was thrown', () => {
    const { status, detail } = answerOf(
      new TypeError("Cannot read properties of undefined (reading 'secret')"),
    );
    expect(status).toBe(500);
    expect(detail).toBe("The app's log tells more, by the invocation id invocation 1.");
  });

  test('that did not throw is answered as it was', () => {
    const { after, logged } = ended(undefined);
    expect(after.result).toBeUndefined();
    expect(logged).toEqual([]);
  });

  test('is left to the host where no request waits: it repeats what failed', () => {
    const error = new RetryableError('no answer');
    expect(ended(error, 'queueTrigger').after.error).toBe(error);
  });
});

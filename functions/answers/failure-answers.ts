// The answer when a function throws: problem details, with 503 where the same request may succeed later.
import {
  app,
  type HttpResponseInit,
  type InvocationContext,
  type PostInvocationContext,
} from '@azure/functions';

import { messageOf, RetryableError, RunnerError } from '../../domain/errors';
import { problem } from './problem';

const RETRY_AFTER_S = 5;

/** Without it the host answers an empty 500. Other triggers keep their failures: the host repeats these. */
export function registerFailureAnswers(): void {
  app.hook.postInvocation(answerFailure);
}

/** Answers in place of the error, and logs the error. */
export function answerFailure(ended: PostInvocationContext): void {
  const { error, invocationContext } = ended;
  if (error === undefined || error === null) return;
  if (invocationContext.options.trigger.type !== 'httpTrigger') return;
  invocationContext.error(error);
  ended.result = failureAnswer(error, invocationContext);
  ended.error = undefined;
}

/** Our own errors are written for people; what else was thrown stays in the log. */
function failureAnswer(error: unknown, { invocationId }: InvocationContext): HttpResponseInit {
  const where = `The app's log tells more, by the invocation id ${invocationId}.`;
  if (error instanceof RetryableError) {
    const detail = `${messageOf(error)}. Ask again. ${where}`;
    const headers = { 'retry-after': String(RETRY_AFTER_S) };
    return problem(503, 'No answer from a service that is needed', detail, {}, headers);
  }
  const said = error instanceof RunnerError ? `${messageOf(error)}. ` : '';
  return problem(500, 'The request failed', `${said}${where}`);
}

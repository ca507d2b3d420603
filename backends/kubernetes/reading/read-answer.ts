// What an answer of a cluster's API says: by a schema where it is a success, an error where it is none.
import { z } from 'zod';

import { RetryableError } from '../../../domain/errors';
import { jsonOf } from '../../json-of';
import { answerInWords } from '../status';

interface Answered {
  readonly status: number;
  readonly text: string;
}

export function isSuccess({ status }: { readonly status: number }): boolean {
  return status >= 200 && status < 300;
}

/**
 * What a success says. `what`: the request, such as `the GET of Job NAME`.
 *
 * @throws RetryableError for what is no success, or not of this shape.
 */
export function readBy<T extends z.ZodType>(schema: T, answer: Answered, what: string): z.output<T> {
  if (!isSuccess(answer)) throw refusedAnswer(answer, what);
  const json = jsonOf(answer.text);
  if (json === undefined)
    throw new RetryableError(`The cluster answered ${what} with what is no JSON.`, { status: answer.status });
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new RetryableError(
    `The cluster answered ${what} in a form that is not known: ${z.prettifyError(parsed.error)}`,
    { status: answer.status },
  );
}

/** The error of an answer that is no success. */
export function refusedAnswer(answer: Answered, what: string): RetryableError {
  return new RetryableError(`The cluster did not answer ${what}: ${answerInWords(answer)}`, {
    status: answer.status,
  });
}

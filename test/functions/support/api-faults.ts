// What is wrong with an answer of the API by its description: the status, the type, a field that is missing or not
// described.
import { isDeepStrictEqual } from 'node:util';

import type { Answer, Operation } from '../../../api/openapi/operation';
import { problemSchema } from '../../../api/problem';
import type { Answered } from './app-in-memory';

/** What is wrong with the answer; empty if it is as described. */
export function faultsOf(operation: Operation, { status, type, body }: Answered): string[] {
  const described: Answer | undefined =
    status === 400 ? (operation.answers[400] ?? PROBLEM) : operation.answers[status];
  if (status >= 500 && operation.id !== 'health') return [`status ${status}`];
  if (described === undefined) return [`status ${status} is not described`];
  if (body === '') return [];
  const { content = {} } = described;
  if (!(type in content)) return [`type "${type}" of status ${status} is not described`];
  const schema = content[type];
  if (schema === undefined || !type.endsWith('json')) return [];
  const value: unknown = JSON.parse(body);
  const parsed = schema.safeParse(value);
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join('/')}: ${message}`);
  return isDeepStrictEqual(parsed.data, value)
    ? []
    : [
        `has more than is described: ${body.slice(0, 500)} against ${JSON.stringify(parsed.data).slice(0, 500)}`,
      ];
}

/** Every operation but health answers a bad query so (api/openapi/document.ts). */
const PROBLEM: Answer = {
  description: 'a bad query',
  content: { 'application/problem+json': problemSchema },
};

// Answers over HTTP: JSON, and problem details (RFC 9457) that name each bad field.
import type { HttpResponseInit } from '@azure/functions';

import type { Problem } from '../../api/problem';
import type { SpecProblem } from '../../domain/spec/job-spec';

export function ok(body: unknown, headers: Record<string, string> = {}): HttpResponseInit {
  return { status: 200, jsonBody: body, headers };
}

/** A problem; `errors` name fields by JSON pointer. */
export function problem(
  status: number,
  title: string,
  detail: string,
  extra: Pick<Problem, 'errors' | 'jobId' | 'groupId'> = {},
  headers: Readonly<Record<string, string>> = {},
): HttpResponseInit {
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: JSON.stringify({ type: 'about:blank', title, status, detail, ...extra } satisfies Problem),
  };
}

/** Bad fields as a problem's `errors` name them. */
export function fieldErrors(problems: readonly SpecProblem[]): { pointer: string; detail: string }[] {
  return problems.map(({ pointer, message }) => ({ pointer, detail: message }));
}

export function invalidSpec(problems: readonly SpecProblem[]): HttpResponseInit {
  return problem(
    400,
    'Invalid job spec',
    `${problems.length} field${problems.length === 1 ? ' is' : 's are'} wrong.`,
    { errors: fieldErrors(problems) },
  );
}

export function noSuchJob(id: string): HttpResponseInit {
  return problem(
    404,
    'No such job',
    `There is no job "${id.slice(0, 100)}". A job's id is the one that its submission was answered with.`,
  );
}

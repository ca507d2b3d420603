// The problem details of an error answer; made from its status where the answer has none.
import { type Problem, problemSchema } from '../api/problem';

/** What statuses without problem details mean here: the host answers these by itself. */
const MEANINGS: Readonly<Record<number, string>> = {
  401: 'The deployment asks for a function key, and none or a wrong one was sent.',
  403: 'The deployment refuses this key, or this address.',
  404: 'There is no such thing at this address.',
};

/** What the answer of a redirect says; no redirect is followed. */
const ELSEWHERE =
  'The deployment answers with a redirect, which is not followed: give its own address, with https.';

const LONGEST_QUOTE = 200;

/** Consumes the body. */
export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  return parsedProblem(text) ?? madeUp(response, text);
}

function parsedProblem(text: string): Problem | undefined {
  try {
    return problemSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // Not JSON: the status alone has to tell.
  }
}

function madeUp({ status, statusText }: Response, text: string): Problem {
  const quote = text.trim().slice(0, LONGEST_QUOTE);
  const isRedirect = status >= 300 && status < 400;
  const detail = isRedirect
    ? ELSEWHERE
    : (MEANINGS[status] ?? `The answer was ${status}${quote === '' ? '' : `: ${quote}`}.`);
  return { type: 'about:blank', title: statusText === '' ? `Status ${status}` : statusText, status, detail };
}

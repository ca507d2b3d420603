// One request to the API of the same origin: the session's headers, and errors with the problem's own words.
import type { Problem } from '../../api/problem';
import type { Session } from '../session/session';

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** A text goes as it is, everything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Statuses that are no error here. */
  readonly takes?: readonly number[];
}

/** The API answered that something is wrong. `problem` is absent where the answer is the host's own. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly status: number;
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem?.detail ?? `The app answered with status ${status} and no words.`);
    this.status = status;
    this.problem = problem;
  }
}

export const NOT_MODIFIED = 304;
const UNAUTHORIZED = 401;
const HOW = { cache: 'no-store', credentials: 'same-origin', redirect: 'error' } as const;

/** Sends requests. `onRefused` is told when the host asks for a key, and whether one was given. */
export type Send = (path: string, asked?: Asked) => Promise<Response>;

/** Rejects with an ApiProblem, or with what `fetch` rejects with where no answer comes. */
export function createSend(session: Session, onRefused: (hadKey: boolean) => void): Send {
  return async (path, { method = 'GET', query = {}, body, headers = {}, signal, takes = [] } = {}) => {
    const sent = session.headers();
    const response = await fetch(`/api/${path}${searchOf(query)}`, {
      method,
      headers: { ...sent, ...typeOf(body), ...headers },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      ...HOW,
      signal: signal ?? null,
    });
    if (response.ok || response.status === NOT_MODIFIED || takes.includes(response.status)) return response;
    // Of several requests with one key the first that is refused tells; a later key is not blamed for an older one.
    const isCurrent = session.headers()['x-functions-key'] === sent['x-functions-key'];
    if (response.status === UNAUTHORIZED && isCurrent) onRefused('x-functions-key' in sent);
    throw new ApiProblem(response.status, await problemOf(response));
  };
}

function searchOf(query: NonNullable<Asked['query']>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? '' : `?${search.toString()}`;
}

function typeOf(body: unknown): Readonly<Record<string, string>> {
  if (body === undefined) return {};
  return { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' };
}

async function problemOf(response: Response): Promise<Problem | undefined> {
  if (response.headers.get('content-type')?.startsWith('application/problem+json') !== true) return undefined;
  return (await response.json()) as Problem;
}

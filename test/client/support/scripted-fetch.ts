// A fetch that answers by script and keeps the requests.

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: string | undefined;
}

/** What to answer. An Error is thrown, as fetch does if nothing answers. */
export type Answer = Response | Error;

export interface ScriptedFetch {
  readonly fetch: typeof fetch;
  readonly asked: readonly Asked[];
}

/** `answer` is called for each request, with its number from 0. */
export function scriptedFetch(answer: (asked: Asked, number: number) => Answer): ScriptedFetch {
  const asked: Asked[] = [];
  return {
    asked,
    fetch: (input, init) => {
      if (typeof input !== 'string') throw new Error('The client asks by address.');
      const url = new URL(input);
      const request = {
        method: init?.method ?? 'GET',
        path: `${url.pathname}${url.search}`,
        headers: new Headers(init?.headers),
        body: typeof init?.body === 'string' ? init.body : undefined,
      };
      asked.push(request);
      const answered = answer(request, asked.length - 1);
      return answered instanceof Error ? Promise.reject(answered) : Promise.resolve(answered);
    },
  };
}

export function json(value: unknown, init: ResponseInit = {}): Response {
  return Response.json(value, init);
}

/** The error that fetch throws if nothing listens. */
export function refused(): Error {
  return new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:7071') });
}

// Says that an answer is slow: on a terminal as soon as it takes longer than a blink, elsewhere once, after some
// seconds.
import { type Host, isTerminal } from './host';

/** Milliseconds until the notice on a terminal, and between its changes. */
const SLOW_MS = 1_000;
/** Milliseconds until the line in a log: a deployment that has slept answers by then more often than not. */
const SILENT_MS = 4_000;

/** `fetch` with a line on standard error while the answer is slow; requests that asked to wait are none. */
export function createPatientFetch(host: Host, url: string): typeof fetch {
  const doFetch = host.fetch ?? fetch;
  if (!isTerminal(host.stderr)) return withOneLine(doFetch, host, url);
  return async (input, init) => {
    const asked = typeof input === 'string' ? input : '';
    if (ASKS_TO_WAIT.test(asked)) return doFetch(input, init);
    const begun = host.clock.monotonic();
    const notice = { shown: false };
    const timer = setInterval(() => {
      notice.shown = true;
      const seconds = Math.round((host.clock.monotonic() - begun) / 1000);
      host.stderr.write(`${CLEAR_LINE}Waiting for ${url} to answer (${seconds} s)`);
    }, SLOW_MS);
    try {
      return await doFetch(input, init);
    } finally {
      clearInterval(timer);
      if (notice.shown) host.stderr.write(CLEAR_LINE);
    }
  };
}

/** The same where lines stay: one for all requests. */
function withOneLine(doFetch: typeof fetch, host: Host, url: string): typeof fetch {
  let isTold = false;
  return async (input, init) => {
    const asked = typeof input === 'string' ? input : '';
    if (isTold || ASKS_TO_WAIT.test(asked)) return doFetch(input, init);
    const timer = setTimeout(() => {
      isTold = true;
      host.stderr.write(`Waiting for ${url} to answer (for a minute at most)\n`);
    }, SILENT_MS);
    try {
      return await doFetch(input, init);
    } finally {
      clearTimeout(timer);
    }
  };
}

const ASKS_TO_WAIT = /[?&]wait=/;

/** To the line's start, and clears what stands there. */
const CLEAR_LINE = '\r\u001b[K';

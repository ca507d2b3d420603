// Says on a terminal that an answer is being waited for, once it takes longer than a blink.
import { type Host, isTerminal } from './host';

/** Milliseconds until the notice, and between its changes. */
const SLOW_MS = 1_000;

/** `fetch` with a line on standard error while the answer is slow; requests that asked to wait are none. */
export function patientFetch(host: Host, url: string): typeof fetch {
  const doFetch = host.fetch ?? fetch;
  if (!isTerminal(host.stderr)) return doFetch;
  return async (input, init) => {
    const asked = typeof input === 'string' ? input : '';
    if (/[?&]wait=/.test(asked)) return doFetch(input, init);
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

/** To the line's start, and clears what stands there. */
const CLEAR_LINE = '\r\u001b[K';

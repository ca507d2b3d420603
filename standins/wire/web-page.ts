// Keeps web pages from a stand-in: it asks for no key and may run programs, and a browser on the same machine sends it
// what any page asks for.
import type { IncomingHttpHeaders } from 'node:http';

const THIS_MACHINE = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/**
 * Whether a page of another site sent the request. Browsers name the page's origin with each request that may change
 * something. Where a page's own host was made to lead to this machine, the request names that host.
 */
export function isFromWebPage({ host = '', origin }: IncomingHttpHeaders): boolean {
  if (host !== '' && !THIS_MACHINE.test(host)) return true;
  return origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
}

// Whether an endpoint may be spoken to in clear text.

/** Whether the endpoint is http on this very machine. */
export function isLoopback(url: URL): boolean {
  return url.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname);
}

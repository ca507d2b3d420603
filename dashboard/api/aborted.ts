// Whether a request failed only because nobody wants its answer any more.

export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

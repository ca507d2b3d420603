// How the kubelet stamps a line of a log.

/**
 * `2026-01-01T00:00:06.792000123Z`: always nine digits. `at` in milliseconds since the epoch, `nanos` within the
 * millisecond.
 */
export function stamp({ at, nanos }: { readonly at: number; readonly nanos: number }): string {
  if (at !== last.at) last = { at, text: new Date(at).toISOString().slice(0, 23) };
  return `${last.text}${String(nanos).padStart(6, '0')}Z`;
}

/** Many lines have one millisecond. */
let last = { at: NaN, text: '' };

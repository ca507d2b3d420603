// Colours and columns of the demo's output. There are colours only if the output is a terminal.
import colors from 'picocolors';

export type Paint = ReturnType<typeof colors.createColors>;

/**
 * Without `colour` the functions return their text as it is. A stream that is no terminal has no `isTTY` at all. An
 * undefined would let picocolors decide by the environment, and it colours everything that runs in CI.
 */
export function paintFor(colour: boolean | undefined): Paint {
  return colors.createColors(colour === true);
}

/** Seconds with one decimal, two below a second: `5.3 s`, `0.08 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 995 ? 2 : 1)} s`;
}

/**
 * `text` cut to `width` columns, with an ellipsis at the cut. It counts code points, because all that the demo prints
 * is narrow.
 */
export function fit(text: string, width: number): string {
  const points = Array.from(text);
  return points.length <= width ? text : `${points.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** Every line two columns in; empty lines stay empty. */
export function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

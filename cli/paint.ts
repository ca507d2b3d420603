// Colours, only where the output is a terminal and they were not switched off.
import colors from 'picocolors';

import { type Host, isTerminal, type Output } from './host';

export type Paint = ReturnType<typeof colors.createColors>;

/** Plain functions unless `output` is a terminal; NO_COLOR (no-color.org) and TERM=dumb are honoured. */
export function paintFor(output: Output, env: Host['env']): Paint {
  const noColour = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return colors.createColors(isTerminal(output) && !noColour);
}

/** The colour of a state: over well, over badly, on its way. */
export function paintState(paint: Paint, state: string, text = state): string {
  switch (state) {
    case 'Succeeded':
      return paint.green(text);
    case 'Failed':
    case 'Rejected':
    case 'TimedOut':
      return paint.red(text);
    case 'Canceled':
      return paint.yellow(text);
    case 'Queued':
      return paint.dim(text);
    default:
      return paint.cyan(text);
  }
}

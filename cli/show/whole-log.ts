// Whether the whole log of an attempt is to be had, in words; told beside the log, never in it.
import type { AttemptView } from '../../api/jobs';
import { bytesInWords } from './words';

/** For a list of facts; undefined where there is no question of it. */
export function wholeLogInWords({ log }: AttemptView): string | undefined {
  switch (log?.state) {
    case undefined:
      return undefined;
    case 'completing':
      return `is being read from ${log.fullerFrom ?? 'another source'}`;
    case 'complete':
      return `complete, ${bytesInWords(log.bytes ?? 0)} from ${log.source}`;
    case 'stream-only':
      return `not to be had: ${log.why ?? ''}`;
  }
}

/** A line at the end of one generation; undefined where nothing is to be said. */
export function generationInWords(
  id: string,
  { number, log }: AttemptView,
  generation: number,
): string | undefined {
  if (log === undefined) return undefined;
  const again = `gpujobs logs ${id} --attempt ${number}`;
  switch (log.state) {
    case 'completing':
      return `[log: this is from ${log.source} (${log.limits}); the whole log is being read from ${log.fullerFrom ?? 'another source'}, and ${again} prints it once it is there]`;
    case 'complete':
      return log.generation === generation
        ? undefined
        : `[log: this is generation ${generation}; ${again} prints generation ${log.generation}, the whole log from ${log.source}]`;
    case 'stream-only':
      return `[log: this is all that was had from ${log.source} (${log.limits}). ${log.why ?? ''}]`;
  }
}

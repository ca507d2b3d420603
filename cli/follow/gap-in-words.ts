// A missing range of a log, told beside the log and never in it.
import type { Gap } from '../../domain/logs/log-index';
import { bytesInWords } from '../show/words';

export function gapInWords({ at, why, missingBytes }: Gap): string {
  const much = missingBytes === undefined ? '' : ` (${bytesInWords(missingBytes)})`;
  return `[log: something may be missing before byte ${at}${much}: ${why}]`;
}

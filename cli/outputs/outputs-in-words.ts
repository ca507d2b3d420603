// What a list of outputs says besides its files.
import { bytesInWords } from '../show/words';
import { type AllOutputs, bytesOf } from './all-outputs';

/** One sentence. `late`: the list is of what changed after the attempt had settled. */
export function outputsInWords({ jobId, attempt, state, outputs, more }: AllOutputs, late: boolean): string {
  const count = `${outputs.length} ${outputs.length === 1 ? 'file' : 'files'}`;
  const of = `attempt ${attempt} of ${jobId}`;
  if (late) return `${count} changed after ${of} had settled.`;
  const size = bytesInWords(bytesOf(outputs));
  const all = more === true ? `the first ${count}, ${size}` : `${count}, ${size}`;
  return `${sentence(state, of)}: ${all}.`;
}

function sentence(state: AllOutputs['state'], of: string): string {
  switch (state) {
    case 'open':
      return `So far in the outputs of ${of}, whose program may still write`;
    case 'due':
      return `In the outputs of ${of}, which could not be listed at its end yet`;
    case 'unreadable':
      return `In the outputs of ${of}, which could not be listed at its end`;
    case 'listed':
      return `Outputs of ${of}`;
  }
}

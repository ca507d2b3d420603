// How far the list of an attempt's outputs is, as its user sees it.
import type { AttemptOutputs } from '../../domain/outputs/attempt-outputs';
import type { AttemptOutputsSummary } from '../outputs';

export function attemptOutputsView(outputs: AttemptOutputs): AttemptOutputsSummary {
  switch (outputs.state) {
    case 'open':
      return { state: 'open' };
    case 'due':
      return { state: 'due', why: outputs.why };
    case 'unreadable':
      return { state: 'unreadable', why: outputs.why, at: new Date(outputs.at).toISOString() };
    case 'listed': {
      const { state, files, bytes, more, at } = outputs;
      return { state, files, bytes, at: new Date(at).toISOString(), ...(more === true && { more }) };
    }
  }
}

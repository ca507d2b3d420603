// How whole an attempt's log is, as its user sees it.
import type { LogCompletion } from '../../domain/logs/log-completion';
import type { AttemptLogView } from '../logs';

export function attemptLogView(completion: LogCompletion): AttemptLogView {
  const { state, live } = completion;
  const since = new Date(completion.at).toISOString();
  const first = { since, generation: 1, source: live.name, limits: live.limits };
  switch (state) {
    case 'completing':
      return { state, ...first, fullerFrom: completion.source.name };
    case 'stream-only':
      return { state, ...first, why: completion.why };
    case 'complete': {
      const { generation, bytes, source } = completion;
      return { state, since, generation, bytes, source: source.name, limits: source.limits };
    }
  }
}

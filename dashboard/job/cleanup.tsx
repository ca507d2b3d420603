// How far the removal of an attempt's workload is, until it is gone: what costs money as long as it stands.
import type { JSX } from 'preact';

import type { AttemptView } from '../../api/jobs';
import { DateAndTime } from '../frame/instant';

const STEPS = ['due', 'requested', 'gone'] as const;

export function Cleanup({ attempt }: { readonly attempt: AttemptView }): JSX.Element {
  const { cleanup, removalRequestedAt } = attempt;
  const reached = cleanup === 'none' ? -1 : STEPS.indexOf(cleanup === 'overdue' ? 'requested' : cleanup);
  return (
    <div class="cleanup">
      <span id={`cleanup-${attempt.number}`}>Removal</span>
      <ol aria-labelledby={`cleanup-${attempt.number}`}>
        {STEPS.map((step, index) => (
          <li
            key={step}
            class={index <= reached ? 'reached' : ''}
            aria-current={index === reached ? 'step' : undefined}
          >
            {step === 'requested' && cleanup === 'overdue' ? 'overdue' : step}
          </li>
        ))}
      </ol>
      <span class="quiet">
        {cleanup === 'none' && 'Nothing is to be removed yet.'}
        {cleanup === 'overdue' && 'It takes longer than it should; it is asked for again and again.'}
        {cleanup === 'gone' && 'The platform says that nothing of it exists.'}
        {removalRequestedAt !== undefined && cleanup !== 'gone' && (
          <>
            {' '}
            Asked for <DateAndTime at={removalRequestedAt} />.
          </>
        )}
      </span>
    </div>
  );
}

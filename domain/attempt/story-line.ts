// Which line of protocol §4 applies to an attempt. This is the only place that knows the order.
import { awaitsAnnouncement } from '../job/awaits-announcement';
import type { Settlement } from '../job/settlement';
import { attemptNumbered, type JobRecords, type Versioned } from '../ports/job-store';
import type { StoryInput } from '../ports/orchestration-starter';
import type { AttemptRow } from './attempt';

/**
 * - `create` (§4.1) · `observe` (§4.2, §4.3) · `archive` (§4.4) · `request-removal` (§4.5)
 * - `settle` (§4.6) · `announce` (§4.8) · `remove` (§4.7) · `finished` (§4.9)
 *
 * Announcing comes before removing, so that a stuck removal delays no event.
 */
export type StoryLine =
  | {
      readonly kind:
        'create' | 'observe' | 'archive' | 'request-removal' | 'announce' | 'remove' | 'finished';
    }
  | { readonly kind: 'settle'; readonly settlement: Exclude<Settlement, { kind: 'wait' }> };

/** The attempt of a story; undefined when another epoch drives it. */
export function attemptDrivenBy(
  records: JobRecords | undefined,
  story: StoryInput,
): Versioned<AttemptRow> | undefined {
  const attempt = attemptNumbered(records, story.attempt);
  return attempt?.row.epoch === story.epoch ? attempt : undefined;
}

/** `settlement` is what settling would do now. While it must wait, the removal goes on; once gone, it never waits. */
export function storyLine(records: JobRecords, attempt: AttemptRow, settlement: Settlement): StoryLine {
  const job = records.job.row;
  const isCurrent = job.attempt === attempt.number;
  if (attempt.verdict === undefined) return { kind: attempt.intent.kind === 'none' ? 'create' : 'observe' };
  if (attempt.cleanup === 'none') return { kind: 'archive' };
  if (attempt.cleanup === 'due') return { kind: 'request-removal' };
  if (isCurrent && job.state === 'active' && settlement.kind !== 'wait')
    return { kind: 'settle', settlement };
  if (isCurrent && awaitsAnnouncement(job)) return { kind: 'announce' };
  return { kind: attempt.cleanup === 'requested' ? 'remove' : 'finished' };
}

// Which line of protocol §4 applies to an attempt. This is the only place that knows the order.
import type { Settlement } from '../job/settlement';
import { attemptNumbered, type JobRecords, type Versioned } from '../ports/job-store';
import type { StoryInput } from '../ports/orchestration-starter';
import type { AttemptRow } from './attempt';

/**
 * - `superseded`: another epoch drives the attempt, or there is none: do nothing more (I8)
 * - `create` (§4.1) · `observe` (§4.2, §4.3) · `archive` (§4.4) · `request-removal` (§4.5)
 * - `settle` (§4.6) · `announce` (§4.8) · `remove` (§4.7) · `finished` (§4.9)
 *
 * Announcing comes before removing, so that a stuck removal delays no event.
 */
export type StoryLine =
  | 'superseded'
  | 'create'
  | 'observe'
  | 'archive'
  | 'request-removal'
  | 'settle'
  | 'announce'
  | 'remove'
  | 'finished';

/** The attempt that a story is about; undefined when another epoch drives it. */
export function attemptOf(
  records: JobRecords | undefined,
  story: StoryInput,
): Versioned<AttemptRow> | undefined {
  const attempt = attemptNumbered(records, story.attempt);
  return attempt?.row.epoch === story.epoch ? attempt : undefined;
}

/** `settlement` is what settling would do now. While it must wait, the removal goes on. */
export function storyLine(records: JobRecords, attempt: AttemptRow, settlement: Settlement): StoryLine {
  const job = records.job.row;
  const isCurrent = job.attempt === attempt.number;
  if (attempt.verdict === undefined) return attempt.intent.kind === 'none' ? 'create' : 'observe';
  if (attempt.cleanup === 'none') return 'archive';
  if (attempt.cleanup === 'due') return 'request-removal';
  if (isCurrent && job.state === 'active' && settlement.kind !== 'wait') return 'settle';
  if (isCurrent && job.state === 'over' && !job.eventSent) return 'announce';
  if (attempt.cleanup === 'requested') return 'remove';
  return isCurrent && job.state === 'active' ? 'settle' : 'finished';
}

// Whether the fate of a create is still open: a workload that no read has shown may yet appear.
import type { AttemptRow } from './attempt';
import type { ProtocolTimes } from './protocol-times';

/**
 * By the row, at `at`, epoch milliseconds: a create was sent, it was not refused, nothing has shown what came of it,
 * and its time is not over. Until then no 404 means gone [W_GONE1], and what was prepared stays [W_DELUNSEEN].
 */
export function mayStillAppear(
  { intent, answer, seen }: AttemptRow,
  at: number,
  { unknownFateS }: Pick<ProtocolTimes, 'unknownFateS'>,
): boolean {
  return intent.kind === 'set' && answer !== 'refused' && !seen && at - intent.at < unknownFateS * 1000;
}

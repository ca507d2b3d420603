// I6 and S8: the archive holds what the programs printed, in order, each byte once, and says where bytes are missing.
import { gapsOf } from '../../../domain/logs/log-index';
import { CONTAINER_NAME } from '../../../domain/ports/compute-backend';
import { createLogArchive } from '../../../storage/logs/blob-log-archive';
import type { GroupFacts } from '../cloud/cloud-record';
import { attemptView, enteredAt, type Facts, type Owned, owned } from './facts';
import { skewMs } from './removal-check';

const ALL = 64 * 1024 * 1024;

/** Checks the archived log of every group that ran a program. */
export async function checkLogs(facts: Facts): Promise<void> {
  for (const group of facts.cloud.record.groups) {
    const own = owned(facts, group.tags);
    if (own !== undefined && group.runs.length > 0) await checkLog(facts, group, own);
  }
}

async function checkLog(facts: Facts, group: GroupFacts, own: Owned): Promise<void> {
  const archive = createLogArchive(own.deployment.stores.logBlobs);
  const ref = { jobId: own.jobId, attempt: own.attempt, container: CONTAINER_NAME };
  const { bytes, index } = await archive.read(ref, 0, ALL);
  const printed = Buffer.concat(group.printed);
  const gaps = gapsOf(index.gaps, bytes.length);
  const cuts = [...new Set([0, ...gaps.map(({ at }) => at), bytes.length])].sort((a, b) => a - b);
  let at = 0;
  for (const [piece, from] of cuts.entries()) {
    const to = cuts[piece + 1];
    if (to === undefined) break;
    const text = bytes.subarray(from, to);
    const found = printed.indexOf(text, at);
    const mayStartLater = gaps.some((gap) => gap.at === from) || (from === 0 && group.runs.length > 1);
    if (found === -1) {
      const isRepeat = printed.includes(text) || at > 0;
      facts.fail(
        isRepeat ? 'S8' : 'I6',
        `the log of ${group.name} holds at ${from} what its program printed before, or never: ${sample(text)}`,
      );
      return;
    }
    // If a run was over and its log gone before any look, nothing of it was ever shown.
    if (found !== at && !mayStartLater) {
      facts.fail(
        'I6',
        `the log of ${group.name} leaves out ${found - at} bytes at ${from} and does not say so`,
      );
      return;
    }
    at = found + text.length;
  }
  checkEnd(facts, group, own, {
    isClosed: index.closed !== undefined,
    saysMissing: gaps.some((gap) => gap.at >= bytes.length),
    left: printed.length - at,
  });
}

/** A program that ended by itself has its log archived to the end, unless a deadline put the removal first. */
function checkEnd(
  facts: Facts,
  group: GroupFacts,
  own: Owned,
  log: { isClosed: boolean; saysMissing: boolean; left: number },
): void {
  const view = attemptView(own.deployment, own.jobId, own.attempt);
  if (view?.exitCode === undefined || group.runs.length > 1 || own.deployment.poisoned.has(own.jobId)) return;
  const isSaid = !log.isClosed || log.saysMissing;
  if (log.left > 0 && !isSaid) {
    facts.fail('I6', `the log of ${group.name} lacks the last ${log.left} bytes and says that it is whole`);
    return;
  }
  if (!isSaid || log.left === 0) return;
  const verdictAt = enteredAt(view, 'archiving') ?? 0;
  const deadlineMs = (own.deployment.stores.rows.job(own.jobId)?.plan?.deadlines.archiving ?? 0) * 1000;
  const endedAt = Math.min(group.deletedAt ?? Infinity, group.lostAt ?? Infinity);
  const wasInTime = endedAt - verdictAt < deadlineMs - skewMs(facts.world);
  const isExcused =
    group.logHidden === true || group.lostAt !== undefined || (group.deletedAt ?? 0) >= own.expiresAt;
  if (wasInTime && !isExcused)
    facts.fail(
      'I6',
      `${group.name} was deleted ${Math.round((endedAt - verdictAt) / 1000)} s after its end, within its archiving deadline of ${deadlineMs / 1000} s, with ${log.left} bytes of its log not archived`,
    );
}

function sample(text: Buffer): string {
  return JSON.stringify(text.subarray(0, 80).toString('utf8'));
}

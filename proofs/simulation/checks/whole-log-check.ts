// I6: a log that was completed afterwards holds every line that its store showed by then; one that was not says why.
import { CONTAINER_NAME } from '../../../domain/ports/compute-backend';
import { createLogArchive } from '../../../storage/logs/blob-log-archive';
import type { GroupFacts } from '../cloud/cloud-record';
import { type Facts, type Owned, owned } from './facts';
import { skewMs } from './removal-check';

const ALL = 64 * 1024 * 1024;
/** From the last count of the rows to the instant that is written: a query that is held up on its way. */
const COUNTED_BEFORE_MS = 60_000;

export async function checkWholeLogs(facts: Facts): Promise<void> {
  for (const group of facts.cloud.record.groups) {
    const own = owned(facts, group.tags);
    if (own !== undefined) await checkWholeLog(facts, group, own);
  }
}

async function checkWholeLog(facts: Facts, group: GroupFacts, own: Owned): Promise<void> {
  const row = own.deployment.stores.rows.attempt(own.jobId, own.attempt);
  const completion = row?.logCompletion;
  if (row?.run === undefined || completion === undefined || completion.state === 'completing') return;
  if (completion.state === 'stream-only') {
    checkWhy(facts, group, completion.why, completion.at);
    return;
  }
  facts.world.tell('CHECK', `${group.name} has a whole log, generation ${completion.generation}`);
  const ref = { jobId: own.jobId, attempt: own.attempt, container: CONTAINER_NAME };
  const archive = createLogArchive(own.deployment.stores.logBlobs);
  const { bytes } = await archive.read({ ...ref, generation: completion.generation }, 0, ALL);
  if (bytes.length !== completion.bytes)
    facts.fail('I6', `${group.name}: its whole log has ${bytes.length} bytes, not ${completion.bytes}`);
  const held = new Set(bytes.toString('utf8').split('\n'));
  const by = completion.at - COUNTED_BEFORE_MS - skewMs(facts.world);
  for (const line of facts.cloud.storedLines(group, row.run, by)) {
    if (!held.has(line))
      facts.fail('I6', `${group.name}: its whole log lacks a line that was stored: ${JSON.stringify(line)}`);
  }
  const quietSince = completion.at - facts.world.times.logQuietS * 1000 + skewMs(facts.world);
  const known = facts.cloud.storedLines(group, row.run, quietSince);
  const early = [...held].find((line) => line !== '' && !known.has(line));
  if (early !== undefined)
    facts.fail(
      'I6',
      `${group.name}: its whole log was called so while rows still came: ${JSON.stringify(early)}`,
    );
  const { printed: bytesPrinted } = facts.cloud.record.ofAttempt(group.name) ?? group;
  const printed = new Set(Buffer.concat(bytesPrinted).toString('utf8').split('\n'));
  for (const line of held) {
    if (line !== '' && !printed.has(line))
      facts.fail('S8', `${group.name}: its whole log holds what was never printed: ${JSON.stringify(line)}`);
  }
}

/** Once nothing fails, a store that answers for all of its time is not given up, unless it lacks what was shown. */
function checkWhy(facts: Facts, group: GroupFacts, why: string, at: number): void {
  facts.world.tell('CHECK', `${group.name} has the stream only: ${why}`);
  const askedAt = at - facts.world.times.logGiveUpS * 1000;
  const outagesEnd = facts.cloud.outages.map(({ to }) => to);
  const answersFrom = Math.max(facts.calmAt(), facts.cloud.storeAnswersFrom(group), ...outagesEnd);
  const isCalm = askedAt - skewMs(facts.world) > answersFrom;
  const isOwn = /names no workspaceId|No look showed the name|It lacks what/.test(why);
  if (!isOwn && isCalm) facts.fail('I6', `${group.name}: its log was given up in vain: ${why}`);
}

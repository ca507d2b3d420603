// The intent of a create: written by one execution, which alone may send the create (protocol §4.1, I1).
import type { AttemptRow } from '../../domain/attempt/attempt';
import { RetryableError } from '../../domain/errors';
import type { StoryPorts } from '../ports';
import type { Scene } from './scene';
import { withPromise } from './story-promise';

/**
 * `facts`: what the row says of the create besides. False: another execution was faster, or nothing is known of the
 * write.
 */
export async function setIntent(
  ports: StoryPorts,
  scene: Scene,
  facts: Partial<AttemptRow>,
  at: number,
): Promise<boolean> {
  const nonce = ports.newNonce();
  const { row, etag } = scene.attempt;
  const intent: AttemptRow['intent'] = { kind: 'set', nonce, at };
  const intended = withPromise({ ...row, ...facts, intent }, at, 0, ports.times);
  return intentIsOurs(ports, scene, { kind: 'replace-attempt', row: intended, etag }, nonce);
}

/**
 * Whether this very execution's write of the intent succeeded. Its nonce tells when the write's answer was lost
 * [W_INTENTEPOCH], or was `changed`: the store also answers that to a client that repeats a write whose first answer
 * was lost.
 */
async function intentIsOurs(
  ports: StoryPorts,
  scene: Scene,
  change: { readonly kind: 'replace-attempt'; readonly row: AttemptRow; readonly etag: string },
  nonce: string,
): Promise<boolean> {
  try {
    if ((await ports.jobs.commit(scene.job.jobId, [change])) === 'done') return true;
  } catch (error) {
    if (!(error instanceof RetryableError)) throw error;
  }
  const latest = await latestAttempt(ports, scene);
  return latest?.row.intent.kind === 'set' && latest.row.intent.nonce === nonce;
}

/** The attempt as it is stored now; undefined when another epoch drives it. */
export async function latestAttempt(ports: StoryPorts, scene: Scene): Promise<Scene['attempt'] | undefined> {
  const { number, epoch } = scene.attempt.row;
  const records = await ports.jobs.read(scene.job.jobId);
  return records?.attempts.find(
    (candidate) => candidate.row.number === number && candidate.row.epoch === epoch,
  );
}

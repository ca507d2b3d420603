// The one create of a workload's name (protocol §4.1, I1): compose, prepare, intent, look, create, answer.
import { nameTaken } from '../../domain/attempt/after-look';
import type { AttemptRow } from '../../domain/attempt/attempt';
import { expiresAt } from '../../domain/attempt/deadlines';
import { closedUncreated, endedUncreated, endedUnsent, type EndFacts } from '../../domain/attempt/uncreated';
import { messageOf } from '../../domain/errors';
import { reason } from '../../domain/job/failure-reason';
import type { Verdict } from '../../domain/job/outcome';
import type { ComputeBackend, CreateAnswer, Observation } from '../../domain/ports/compute-backend';
import { GO_ON, type StepResult } from '../../orchestrations/activity-contract';
import { READ_AGAIN } from '../flow/read-again';
import { billingOf } from '../placement/billing';
import { goneKick } from '../placement/kick';
import { sharePause } from '../placement/share-pause';
import { tellCapacity } from '../placement/tell-capacity';
import type { StoryPorts } from '../ports';
import { composeCreate, type Composed } from './compose-create';
import { prepareWorkload } from './prepare-workload';
import type { Scene } from './scene';
import { latestAttempt, setIntent } from './set-intent';
import { writeAndGoOn } from './write-attempt';

/** The most that is kept of an unclear answer. */
const MAX_WHY_CHARACTERS = 500;

/** Between two looks that had no readable answer, milliseconds. */
const LOOK_AGAIN_MS = 500;

export async function createWorkload(
  ports: StoryPorts,
  scene: Scene,
): Promise<StepResult | typeof READ_AGAIN> {
  if (scene.records.cancel !== undefined) {
    const why = reason('canceled', 'Canceled before its workload was created.');
    return close(ports, scene, { kind: 'canceled', reason: why });
  }
  // Everything that can fail without harm comes before the intent, because the clock runs from there on.
  const composed = await composeCreate(ports, scene.job, scene.attempt.row);
  if (composed.kind === 'refused') return close(ports, scene, composed.verdict);
  const prepared = await prepareWorkload(ports, scene, composed);
  switch (prepared.kind) {
    case 'pending':
      return prepared.result;
    case 'ended':
      return close(ports, scene, prepared.verdict);
    case 'ready':
      return createOnce(ports, scene, composed, prepared);
  }
}

/** From the intent to the answer. */
async function createOnce(
  ports: StoryPorts,
  scene: Scene,
  composed: Extract<Composed, { kind: 'composed' }>,
  { mustShow, instants }: Extract<Awaited<ReturnType<typeof prepareWorkload>>, { kind: 'ready' }>,
): Promise<StepResult | typeof READ_AGAIN> {
  const { placement } = scene.attempt.row;
  const sentAt = ports.clock.monotonic();
  const now = ports.clock.now();
  // Provisioning is timed from here, because an attempt may have waited long for its story.
  const { phaseSince, ...times } = instants ?? {
    createdAt: now,
    expiresAt: expiresAt(now, scene.plan.deadlines),
    phaseSince: now,
  };
  // By expires-at the fate of a create is known. From then on a sweep deletes by the tags alone [W_LATEINTENT].
  if (instants !== undefined && now + ports.times.unknownFateS * 1000 > times.expiresAt)
    return close(ports, scene, preparedTooLate());
  if (!(await setIntent(ports, scene, { ...times, ...composed.given, phaseSince }, now))) return READ_AGAIN;

  const backend = ports.backendOf(placement);
  const boundMs = ports.times.createBoundS * 1000;
  const withinBound = (): boolean => ports.clock.monotonic() - sentAt < boundMs;
  const found = await lookBeforePut(ports, backend, scene, withinBound);
  switch (found.kind) {
    case 'present':
      return GO_ON;
    case 'unreadable':
      return GO_ON; // No PUT was sent. The attempt is given up when that is certain.
    case 'foreign':
      return afterwards(ports, scene, (latest) =>
        endedUnsent(latest, nameTaken(), endFacts(ports, scene, latest)),
      );
    case 'absent':
    case 'prepared':
      break;
  }
  if (mustShow === 'prepared' && found.kind === 'absent')
    return afterwards(ports, scene, (latest) =>
      endedUnsent(latest, preparationLost(), endFacts(ports, scene, latest)),
    );
  if (!withinBound()) return GO_ON; // Too late to be allowed [W_NOBOUND].
  const answer = await backend.create({
    ref: scene.ref,
    ...composed.requestAt(times),
    mayBeSent: withinBound,
  });
  await sharePause(ports, placement);
  if (answer.kind === 'refused' && answer.reason.code === 'quota') ports.quotas?.readAgain(placement);
  if (answer.kind === 'accepted') await tellAccepted(ports, scene.attempt.row);
  return afterwards(ports, scene, (latest) => withAnswer(ports, scene, latest, answer));
}

async function lookBeforePut(
  ports: StoryPorts,
  backend: ComputeBackend,
  scene: Scene,
  withinBound: () => boolean,
): Promise<Observation> {
  for (;;) {
    const found = await backend.observe(scene.ref);
    if (found.kind !== 'unreadable' || !withinBound()) return found;
    await ports.pause(LOOK_AGAIN_MS);
  }
}

/** A create now could take effect after the expiry of what was prepared for it. */
function preparedTooLate(): Verdict {
  const why = 'What was prepared for the workload was ready too short a time before its expiry.';
  return { kind: 'failed', reason: reason('provisioning-deadline', why) };
}

/** The platform would be asked to start what it no longer holds [M_PREPLOOK]. */
function preparationLost(): Verdict {
  const why = 'What was prepared for the workload was gone before its create; no create was sent.';
  return { kind: 'failed', reason: reason('given-up', why) };
}

/** Never rejects. The look that shows that there was capacity also tells again that the quotas had room. */
async function tellAccepted(ports: StoryPorts, row: AttemptRow): Promise<void> {
  try {
    await tellCapacity(ports, { ...row, answer: 'accepted' });
  } catch (error) {
    ports.log.warn(
      `That there was a quota for ${row.jobId}-${row.number} could not be told: ${messageOf(error)}`,
    );
  }
}

function withAnswer(ports: StoryPorts, scene: Scene, row: AttemptRow, answer: CreateAnswer): AttemptRow {
  switch (answer.kind) {
    case 'accepted':
      return { ...row, answer: 'accepted' };
    case 'unknown':
      return { ...row, answer: 'unknown', answerWhy: answer.why.slice(0, MAX_WHY_CHARACTERS) };
    case 'refused': {
      const verdict: Verdict = { kind: 'failed', reason: answer.reason };
      return { ...endedUncreated(row, verdict, endFacts(ports, scene, row)), answer: 'refused' };
    }
  }
}

/**
 * Writes what the create showed, if the attempt is still as we left it. A write that fails is forgotten: the create's
 * fate then counts as unknown, and the next step handles that.
 */
async function afterwards(
  ports: StoryPorts,
  scene: Scene,
  change: (latest: AttemptRow) => AttemptRow,
): Promise<StepResult> {
  try {
    const latest = await latestAttempt(ports, scene);
    if (latest === undefined || latest.row.verdict !== undefined || latest.row.seen) return GO_ON;
    const row = change(latest.row);
    await ports.jobs.commit(scene.job.jobId, [{ kind: 'replace-attempt', row, etag: latest.etag }]);
    await kickIfGone(ports, scene, row);
  } catch (error) {
    ports.log.warn(
      `What the create of ${scene.ref.name} was answered could not be stored, its fate counts as unknown: ${messageOf(error)}`,
    );
  }
  return GO_ON;
}

/** Ends the attempt before any intent, on the row that this step read. */
async function close(
  ports: StoryPorts,
  scene: Scene,
  verdict: Verdict,
): Promise<StepResult | typeof READ_AGAIN> {
  const { row } = scene.attempt;
  const closed = closedUncreated(row, verdict, endFacts(ports, scene, row));
  const result = await writeAndGoOn(ports, scene, closed);
  if (result !== READ_AGAIN) await kickIfGone(ports, scene, closed);
  return result;
}

function endFacts(ports: StoryPorts, { plan }: Scene, { placement }: AttemptRow): EndFacts {
  return { plan, billing: billingOf(ports, placement), now: ports.clock.now() };
}

/** What was prepared is removed by the next step, which kicks then. */
async function kickIfGone(ports: StoryPorts, scene: Scene, row: AttemptRow): Promise<void> {
  if (row.cleanup !== 'gone') return;
  await ports.kicks.send(goneKick(scene.ref.placement, scene.ref.name, scene.job.schedule));
}

// Step 1: the one create of a workload's name (protocol §4.1, I1).
import { nameTaken, withVerdict } from '../../domain/attempt/after-look';
import type { AttemptRow } from '../../domain/attempt/attempt';
import { expiresAt } from '../../domain/attempt/deadlines';
import { withGone } from '../../domain/attempt/gone';
import { messageOf, RetryableError } from '../../domain/errors';
import { reason } from '../../domain/job/failure-reason';
import type { Verdict } from '../../domain/job/outcome';
import type { ComputeBackend, CreateAnswer, Observation } from '../../domain/ports/compute-backend';
import { gpuFact } from '../../domain/spec/gpu';
import type { Activity, Turn } from '../../orchestrations/activity-contract';
import { READ_AGAIN } from '../flow/read-again';
import { billingOf } from '../placement/billing';
import { goneKick } from '../placement/kick';
import { type PausePorts, sharePause } from '../placement/share-pause';
import { tellCapacity } from '../placement/tell-capacity';
import type { Ports } from '../ports';
import { chooseGpu } from './choose-gpu';
import { lookUpSecrets } from './look-up-secrets';
import { withPromise } from './story-promise';
import { GO_ON, onTurn, type Scene, writeAndGoOn } from './turn';

type CreatePorts = PausePorts &
  Pick<
    Ports,
    | 'pause'
    | 'newNonce'
    | 'jobs'
    | 'specs'
    | 'heldSecrets'
    | 'vault'
    | 'kicks'
    | 'backendOf'
    | 'factsOf'
    | 'quotas'
    | 'times'
  >;

/** As much of an unclear answer is kept. */
const MAX_WHY_CHARACTERS = 500;

/** Between two looks that had no readable answer, milliseconds. */
const LOOK_AGAIN_MS = 500;

export function createWorkload(ports: CreatePorts): Activity {
  return (story) => onTurn(ports, story, (scene) => create(ports, scene));
}

async function create(ports: CreatePorts, scene: Scene): Promise<Turn | typeof READ_AGAIN> {
  if (scene.line !== 'create') return GO_ON;
  const { row } = scene.attempt;
  if (scene.records.cancel !== undefined) {
    const why = reason('canceled', 'Canceled before its workload was created.');
    return endUncreated(ports, scene, { kind: 'canceled', reason: why });
  }
  // Everything that can fail without harm comes before the intent: from there on the clock runs.
  const backend = ports.backendOf(row.placement);
  const [spec, held] = await Promise.all([
    ports.specs.get(scene.job.specHash),
    ports.heldSecrets.get(scene.job.jobId, scene.job.specHash),
  ]);

  const chosen = chooseGpu(ports, row.placement, spec, row.gpu);
  // The configuration or a quota has changed since the job was accepted: nothing is created here, the next placement is tried.
  if (chosen.kind === 'refuses')
    return endUncreated(ports, scene, {
      kind: 'failed',
      reason: reason('refused', `Placement ${row.placement} ${chosen.why}.`, 'infrastructure'),
    });
  const looked = await lookUpSecrets(ports.vault, spec);
  if (looked.kind === 'refused') return endUncreated(ports, scene, { kind: 'failed', reason: looked.reason });

  const sentAt = ports.clock.monotonic();
  const now = ports.clock.now();
  const nonce = ports.newNonce();
  const times = { createdAt: now, expiresAt: expiresAt(now, scene.plan.deadlines) };
  // Provisioning is timed from here: an attempt may have waited long for somebody to drive it.
  const intended: AttemptRow = withPromise(
    {
      ...row,
      ...times,
      ...gpuFact(chosen.gpu, spec.gpu),
      phaseSince: now,
      intent: { kind: 'set', nonce, at: now },
    },
    now,
    0,
    ports.times,
  );
  if (!(await intentIsOurs(ports, scene, intended, nonce))) return READ_AGAIN;

  const boundMs = ports.times.createBoundS * 1000;
  const withinBound = (): boolean => ports.clock.monotonic() - sentAt < boundMs;
  const found = await lookBeforePut(ports, backend, scene, withinBound);
  switch (found.kind) {
    case 'present':
    case 'prepared':
      return GO_ON;
    case 'unreadable':
      return GO_ON; // No PUT was sent; the attempt is given up when that is certain.
    case 'foreign':
      return afterwards(ports, scene, (latest) => endedAndGone(ports, scene, latest, nameTaken()));
    case 'absent':
      break;
  }
  if (!withinBound()) return GO_ON; // Too late to be allowed [W_NOBOUND].
  const answer = await backend.create({
    ref: scene.ref,
    spec,
    secrets: { ...held, ...looked.variables },
    registryPassword: looked.registryPassword,
    gpu: chosen.gpu,
    ...times,
    timeoutMs: ports.times.createRequestS * 1000,
  });
  await sharePause(ports, row.placement);
  if (answer.kind === 'refused' && answer.reason.code === 'quota') ports.quotas?.readAgain(row.placement);
  if (answer.kind === 'accepted') await tellAccepted(ports, row);
  return afterwards(ports, scene, (latest) => withAnswer(ports, scene, latest, answer));
}

/** Never rejects: that the quotas had room is told again by the look that shows that the capacity was there too. */
async function tellAccepted(ports: CreatePorts, row: AttemptRow): Promise<void> {
  try {
    await tellCapacity(ports, { ...row, answer: 'accepted' });
  } catch (error) {
    ports.log.warn(
      `That there was a quota for ${row.jobId}-${row.number} could not be told: ${messageOf(error)}`,
    );
  }
}

/** Ends the attempt before any intent: one write closes it, so that no create can follow [W_INTENTLOOSE]. */
async function endUncreated(
  ports: CreatePorts,
  scene: Scene,
  verdict: Verdict,
): Promise<Turn | typeof READ_AGAIN> {
  const gone = endedAndGone(ports, scene, scene.attempt.row, verdict);
  return writeAndGone(ports, scene, { ...gone, intent: { kind: 'closed' } });
}

/** There is nothing to archive, nothing to remove and nothing to pay. */
function endedAndGone(ports: CreatePorts, scene: Scene, row: AttemptRow, verdict: Verdict): AttemptRow {
  const now = ports.clock.now();
  return withGone(withVerdict(row, verdict, now), scene.plan, billingOf(ports, row.placement), now);
}

/**
 * Whether this very execution's write succeeded: by its nonce when the write's answer was lost [W_INTENTEPOCH], or was `changed`, which
 * the store's client is also told when it repeats a write whose first answer was lost.
 */
async function intentIsOurs(
  ports: CreatePorts,
  scene: Scene,
  intended: AttemptRow,
  nonce: string,
): Promise<boolean> {
  try {
    const change = { kind: 'replace-attempt', row: intended, etag: scene.attempt.etag } as const;
    if ((await ports.jobs.commit(scene.job.jobId, [change])) === 'done') return true;
  } catch (error) {
    if (!(error instanceof RetryableError)) throw error;
  }
  const latest = await latestAttempt(ports, scene);
  return latest?.row.intent.kind === 'set' && latest.row.intent.nonce === nonce;
}

async function lookBeforePut(
  ports: CreatePorts,
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

function withAnswer(ports: CreatePorts, scene: Scene, row: AttemptRow, answer: CreateAnswer): AttemptRow {
  switch (answer.kind) {
    case 'accepted':
      return { ...row, answer: 'accepted' };
    case 'unknown':
      return { ...row, answer: 'unknown', answerWhy: answer.why.slice(0, MAX_WHY_CHARACTERS) };
    case 'refused': {
      const gone = endedAndGone(ports, scene, row, { kind: 'failed', reason: answer.reason });
      return { ...gone, answer: 'refused' };
    }
  }
}

/**
 * Writes what the create brought to light, if the attempt is still as we left it. A write that fails is forgotten: the create's
 * fate then counts as unknown, which the next step knows how to bear.
 */
async function afterwards(
  ports: CreatePorts,
  scene: Scene,
  change: (latest: AttemptRow) => AttemptRow,
): Promise<Turn> {
  try {
    const latest = await latestAttempt(ports, scene);
    if (latest === undefined || latest.row.verdict !== undefined || latest.row.seen) return GO_ON;
    const row = change(latest.row);
    await ports.jobs.commit(scene.job.jobId, [{ kind: 'replace-attempt', row, etag: latest.etag }]);
    if (row.cleanup === 'gone')
      await ports.kicks.send(goneKick(scene.ref.placement, scene.ref.name, scene.job.schedule));
  } catch (error) {
    ports.log.warn(
      `What the create of ${scene.ref.name} was answered could not be stored, its fate counts as unknown: ${messageOf(error)}`,
    );
  }
  return GO_ON;
}

async function latestAttempt(ports: CreatePorts, scene: Scene): Promise<Scene['attempt'] | undefined> {
  const { number, epoch } = scene.attempt.row;
  const records = await ports.jobs.read(scene.job.jobId);
  return records?.attempts.find(
    (candidate) => candidate.row.number === number && candidate.row.epoch === epoch,
  );
}

async function writeAndGone(
  ports: CreatePorts,
  scene: Scene,
  row: AttemptRow,
): Promise<Turn | typeof READ_AGAIN> {
  const turn = await writeAndGoOn(ports, scene, row);
  if (turn !== READ_AGAIN)
    await ports.kicks.send(goneKick(scene.ref.placement, scene.ref.name, scene.job.schedule));
  return turn;
}

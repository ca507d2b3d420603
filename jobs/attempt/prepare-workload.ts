// The first call of a create that is two calls, before the intent: it runs nothing and leaves something to remove
// (protocol §4.1).
import { pastProvisioning } from '../../domain/attempt/after-look';
import type { AttemptRow } from '../../domain/attempt/attempt';
import { expiresAt } from '../../domain/attempt/deadlines';
import { pollIntervalMs } from '../../domain/attempt/poll-interval';
import type { Verdict } from '../../domain/job/outcome';
import type { CreateRequest } from '../../domain/ports/compute-backend';
import type { StepResult } from '../../orchestrations/activity-contract';
import { READ_AGAIN } from '../flow/read-again';
import { heldPlaces } from '../placement/held-places';
import { sharePause } from '../placement/share-pause';
import type { StoryPorts } from '../ports';
import type { Composed } from './compose-create';
import type { Scene } from './scene';
import { promiseLapses, withPromise } from './story-promise';
import { writeAttempt } from './write-attempt';

/** The instants that every call of one create sends, and what the row says with them. */
type Instants = Pick<CreateRequest, 'createdAt' | 'expiresAt'> & Pick<AttemptRow, 'phaseSince'>;

export type Preparation =
  /** The create may follow. `mustShow`: what the look before it must show. */
  | {
      readonly kind: 'ready';
      readonly mustShow: 'absent' | 'prepared';
      readonly instants: Instants | undefined;
    }
  | { readonly kind: 'ended'; readonly verdict: Verdict }
  /** The create may not follow yet. */
  | { readonly kind: 'pending'; readonly result: StepResult | typeof READ_AGAIN };

/** One step of preparing; ready at once where a create is one call. */
export async function prepareWorkload(
  ports: StoryPorts,
  scene: Scene,
  composed: Extract<Composed, { kind: 'composed' }>,
): Promise<Preparation> {
  const { row } = scene.attempt;
  const backend = ports.backendOf(row.placement);
  if (backend.prepare === undefined) return { kind: 'ready', mustShow: 'absent', instants: undefined };
  const { preparedAt, expiresAt: expires } = row;
  if (preparedAt === undefined || expires === undefined) return notePreparation(ports, scene, composed.given);
  const late = pastProvisioning(row, scene.plan.deadlines, scene.now, ports.times);
  if (late !== undefined) return { kind: 'ended', verdict: late };

  const instants = { createdAt: preparedAt, expiresAt: expires };
  const answer = await backend.prepare({ ref: scene.ref, ...composed.requestAt(instants) });
  await sharePause(ports, row.placement);
  switch (answer.kind) {
    case 'ready':
    case 'not-needed':
      return {
        kind: 'ready',
        mustShow: answer.kind === 'ready' ? 'prepared' : 'absent',
        instants: { ...instants, phaseSince: row.phaseSince },
      };
    case 'refused':
      if (answer.reason.code === 'quota') ports.quotas?.readAgain(row.placement);
      return { kind: 'ended', verdict: { kind: 'failed', reason: answer.reason } };
    case 'unknown':
      ports.log.warn(`What became of the preparation of ${scene.ref.name} is not known: ${answer.why}`);
      return { kind: 'pending', result: await lookAgain(ports, scene) };
    case 'not-yet':
      return { kind: 'pending', result: await lookAgain(ports, scene) };
  }
}

/**
 * Before the first call: from here on something may be left to remove [W_PREPAFTER]. Provisioning is timed from here,
 * too.
 */
async function notePreparation(
  ports: StoryPorts,
  scene: Scene,
  facts: Extract<Composed, { kind: 'composed' }>['given'],
): Promise<Preparation> {
  const now = ports.clock.now();
  const noted: AttemptRow = {
    ...scene.attempt.row,
    ...facts,
    createdAt: now,
    expiresAt: expiresAt(now, scene.plan.deadlines),
    preparedAt: now,
    phaseSince: now,
  };
  await writeAttempt(ports, scene, withPromise(noted, now, 0, ports.times));
  return { kind: 'pending', result: READ_AGAIN };
}

async function lookAgain(ports: StoryPorts, scene: Scene): Promise<StepResult | typeof READ_AGAIN> {
  const { row } = scene.attempt;
  const now = ports.clock.now();
  const afterMs = pollIntervalMs({
    inStateMs: now - row.phaseSince,
    floorMs: ports.pollFloorMs,
    budget: {
      heldPlaces: await heldPlaces(ports, row.placement),
      requests: ports.factsOf(row.placement).traits.requests,
    },
    leastMs: ports.pace.leastPollMs(row.placement),
  });
  if (promiseLapses(row, now, afterMs, ports.times)) {
    const promised = withPromise(row, now, afterMs, ports.times);
    if ((await writeAttempt(ports, scene, promised)) === 'changed') return READ_AGAIN;
  }
  return { next: 'look-again', afterMs };
}

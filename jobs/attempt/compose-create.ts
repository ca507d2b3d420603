// What a create asks for, gathered before anything is sent: whatever can fail without harm fails here.
import type { AttemptRow } from '../../domain/attempt/attempt';
import { expiresAt } from '../../domain/attempt/deadlines';
import { reason } from '../../domain/job/failure-reason';
import type { JobRow } from '../../domain/job/job';
import type { Verdict } from '../../domain/job/outcome';
import type { CreateRequest } from '../../domain/ports/compute-backend';
import { gpuFact } from '../../domain/spec/gpu';
import { deadlinesOf } from '../../domain/spec/job-spec';
import { keepsAnything, prepareKept } from '../outputs/prepare-kept';
import type { StoryPorts } from '../ports';
import { chooseOffer } from './choose-offer';
import { lookUpSecrets } from './look-up-secrets';
import { mountedIn } from './mounted-in';

/** What the workload's marks say, and whatever ends with it. */
type Instants = Pick<CreateRequest, 'createdAt' | 'expiresAt'>;

export type Composed =
  | {
      readonly kind: 'composed';
      /** All of the request but whose it is. Holds secrets: never stored, never logged. */
      readonly requestAt: (instants: Instants) => Omit<CreateRequest, 'ref'>;
      /** What the attempt's row says of what is asked for. */
      readonly given: Pick<AttemptRow, 'gpu' | 'resources' | 'outputs' | 'outputsBy' | 'restoredFrom'>;
    }
  | { readonly kind: 'refused'; readonly verdict: Verdict };

/** What is composed is sent within so long, or composed anew. */
const CREATED_WITHIN_MS = 10 * 60_000;

/** @throws RetryableError when the store or the vault gives no usable answer. */
export async function composeCreate(ports: StoryPorts, job: JobRow, row: AttemptRow): Promise<Composed> {
  const [spec, held] = await Promise.all([
    ports.specs.get(job.specHash),
    ports.heldSecrets.get(job.jobId, job.specHash),
  ]);
  const chosen = chooseOffer(ports, spec, job.plan, row);
  // The configuration or a quota has changed since the job was accepted. Nothing is created here; the next placement is
  // tried.
  if (chosen.kind === 'refuses') {
    const why = reason('refused', `Placement ${row.placement} ${chosen.why}.`, 'infrastructure');
    return { kind: 'refused', verdict: { kind: 'failed', reason: why } };
  }
  const { mounts, variables, keyRefs } = mountedIn(ports, row, spec);
  const looked = await lookUpSecrets(ports.vault, spec, keyRefs);
  if (looked.kind === 'refused')
    return { kind: 'refused', verdict: { kind: 'failed', reason: looked.reason } };
  const kept = keepsAnything(spec)
    ? await prepareKept(ports, {
        row,
        spec,
        told: variables,
        giveUpAt: giveUpAt(job, row),
        neededUntil: row.expiresAt ?? expiresAt(ports.clock.now() + CREATED_WITHIN_MS, deadlinesOf(spec)),
      })
    : undefined;
  if (kept?.kind === 'refused') return { kind: 'refused', verdict: { kind: 'failed', reason: kept.reason } };
  return {
    kind: 'composed',
    requestAt: (instants) => ({
      ...instants,
      spec,
      secrets: { ...held, ...looked.variables },
      registryPassword: looked.registryPassword,
      mounts,
      volumeKeys: looked.volumeKeys,
      told: {
        variables: { ...variables, ...kept?.variables },
        secrets: kept?.secretsFor({ from: instants.createdAt, until: instants.expiresAt }) ?? {},
      },
      gpu: chosen.gpu,
      resources: chosen.resources,
      timeoutMs: ports.times.createRequestS * 1000,
    }),
    given: { ...gpuFact(chosen.gpu, spec.gpu), resources: chosen.resources, ...kept?.facts },
  };
}

/** From then on a share that can't be had ends the attempt, epoch milliseconds. */
function giveUpAt({ plan }: JobRow, { phaseSince }: AttemptRow): number {
  return plan === undefined ? Infinity : phaseSince + plan.deadlines.provisioning * 1000;
}

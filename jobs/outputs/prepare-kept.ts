// What a create needs where outputs and checkpoints are kept: folders or a container, an address to upload to, and the
// checkpoint to go on from.
import type { AttemptRow } from '../../domain/attempt/attempt';
import { messageOf, RetryableError, TerminalError } from '../../domain/errors';
import { type Reason, reason } from '../../domain/job/failure-reason';
import { OUTPUT_URL } from '../../domain/outputs/output-url';
import { keepsOutputsByUrl } from '../../domain/placement/kept-volumes';
import type { Clock } from '../../domain/ports/clock';
import type { Lifetime } from '../../domain/ports/output-containers';
import type { JobSpec } from '../../domain/spec/job-spec';
import {
  checkpointsOnShare,
  type KeptOnShare,
  type KeptPorts,
  outputsInContainer,
  outputsOnShare,
} from './kept-files';
import { restoreFrom } from './restore-from';

export type Prepared =
  | {
      readonly kind: 'ready';
      /** What the program is told besides, by variable. */
      readonly variables: Readonly<Record<string, string>>;
      /** What it is told as a secret, by variable, made when the workload's instants are known. Never stored. */
      readonly secretsFor: (lifetime: Lifetime) => Readonly<Record<string, string>>;
      /** What the attempt's row says of it. */
      readonly facts: Pick<AttemptRow, 'outputs' | 'outputsBy' | 'restoredFrom'>;
    }
  | { readonly kind: 'refused'; readonly reason: Reason };

type Row = Pick<
  AttemptRow,
  'jobId' | 'number' | 'placement' | 'preparedAt' | 'restoredFrom' | 'outputsBy' | 'outputs'
>;
type Ports = KeptPorts & { readonly clock: Clock };

/** Whether anything is to be kept: a spec without it costs no call. */
export function keepsAnything({ outputs, checkpoints }: JobSpec): boolean {
  return outputs !== undefined || checkpoints !== undefined;
}

export interface ToPrepare {
  readonly row: Row;
  readonly spec: JobSpec;
  /** What the program is told of its folders. */
  readonly told: Readonly<Record<string, string>>;
  /** From then on a place that can't be had counts as one that refuses, epoch milliseconds. */
  readonly giveUpAt: number;
  /** An address has to last until then, epoch milliseconds. */
  readonly neededUntil: number;
}

/**
 * May be repeated: what is there stays.
 * @throws RetryableError while a share or the storage account can't be had.
 */
export async function prepareKept(ports: Ports, asked: ToPrepare): Promise<Prepared> {
  const { row, spec, told, giveUpAt } = asked;
  try {
    const outputs = spec.outputs === undefined ? undefined : await prepareOutputs(ports, asked);
    const restoredFrom = spec.checkpoints === undefined ? undefined : await prepareCheckpoints(ports, row);
    return {
      kind: 'ready',
      variables: restoredFrom === undefined ? {} : { GPU_JOBS_RESTORE_DIR: toldOf(restoredFrom, told) },
      secretsFor: outputs?.secretsFor ?? (() => ({})),
      facts: { ...outputs?.facts, ...(restoredFrom !== undefined && { restoredFrom }) },
    };
  } catch (error) {
    const isLate = error instanceof RetryableError && ports.clock.now() >= giveUpAt;
    if (!(error instanceof TerminalError || isLate)) throw error;
    return { kind: 'refused', reason: reason('refused', messageOf(error), 'infrastructure') };
  }
}

type Outputs = Pick<Extract<Prepared, { kind: 'ready' }>, 'secretsFor' | 'facts'>;

async function prepareOutputs(ports: Ports, { row, neededUntil }: ToPrepare): Promise<Outputs> {
  if (!areByUrl(ports, row)) {
    await make(row, outputsOnShare(ports, row));
    return { secretsFor: () => ({}), facts: { outputs: { state: 'open' } } };
  }
  const { container, folder } = outputsInContainer(ports, row);
  if (row.preparedAt === undefined) await container.make();
  const sign = await container.signer(neededUntil);
  return {
    secretsFor: (lifetime) => ({ [OUTPUT_URL]: sign(folder, lifetime) }),
    facts: { outputs: { state: 'open' }, outputsBy: 'url' },
  };
}

/** By the configuration, until the first call of a preparation: then each call asks for the same. */
function areByUrl({ placements }: KeptPorts, row: Row): boolean {
  if (row.preparedAt !== undefined) return row.outputsBy === 'url';
  const placement = placements.find(({ name }) => name === row.placement);
  return placement !== undefined && keepsOutputsByUrl(placement);
}

/** What was chosen for a preparation stays: each of its calls asks for the same. */
async function prepareCheckpoints(ports: Ports, row: Row): Promise<AttemptRow['restoredFrom']> {
  const kept = checkpointsOnShare(ports, row);
  await make(row, kept);
  if (row.number === 1 || row.preparedAt !== undefined) return row.restoredFrom;
  return restoreFrom(ports.clock, kept.share, kept.folder.slice(0, -1), row.number);
}

/** Beside the attempt's own folder, whose last name is the attempt's number. */
function toldOf(
  { attempt, folder }: NonNullable<AttemptRow['restoredFrom']>,
  told: Readonly<Record<string, string>>,
): string {
  const own = told['GPU_JOBS_CHECKPOINT_DIR'] ?? '';
  return `${own.slice(0, own.lastIndexOf('/'))}/${attempt}/${folder}`;
}

/** Once: each call of a preparation comes here, and the folders were made before the first. */
async function make({ preparedAt }: Row, { share, folder }: KeptOnShare): Promise<void> {
  if (preparedAt === undefined) await share.makeFolder(folder);
}

// What a create needs on the shares: folders for outputs and checkpoints, and the checkpoint to go on from.
import type { AttemptRow } from '../../domain/attempt/attempt';
import { messageOf, RetryableError, TerminalError } from '../../domain/errors';
import { type Reason, reason } from '../../domain/job/failure-reason';
import type { Clock } from '../../domain/ports/clock';
import type { JobSpec } from '../../domain/spec/job-spec';
import { checkpointsOnShare, type KeptOnShare, type KeptPorts, outputsOnShare } from './kept-files';
import { restoreFrom } from './restore-from';

export type Prepared =
  | {
      readonly kind: 'ready';
      /** What the program is told besides, by variable. */
      readonly variables: Readonly<Record<string, string>>;
      /** What the attempt's row says of it. */
      readonly facts: Pick<AttemptRow, 'outputs' | 'restoredFrom'>;
    }
  | { readonly kind: 'refused'; readonly reason: Reason };

type Row = Pick<AttemptRow, 'jobId' | 'number' | 'placement' | 'preparedAt' | 'restoredFrom'>;

/** Whether anything is to be asked of a share: a spec without it costs no call. */
export function keepsAnything({ outputs, checkpoints }: JobSpec): boolean {
  return outputs !== undefined || checkpoints !== undefined;
}

export interface ToPrepare {
  readonly row: Row;
  readonly spec: JobSpec;
  /** What the program is told of its folders. */
  readonly told: Readonly<Record<string, string>>;
  /** From then on a share that can't be had counts as one that refuses, epoch milliseconds. */
  readonly giveUpAt: number;
}

/**
 * May be repeated: folders that are there stay.
 * @throws RetryableError while a share can't be had.
 */
export async function prepareFolders(
  ports: KeptPorts & { readonly clock: Clock },
  { row, spec, told, giveUpAt }: ToPrepare,
): Promise<Prepared> {
  try {
    if (spec.outputs !== undefined) await make(row, outputsOnShare(ports, row));
    const restoredFrom = spec.checkpoints === undefined ? undefined : await prepareCheckpoints(ports, row);
    return {
      kind: 'ready',
      variables: restoredFrom === undefined ? {} : { GPU_JOBS_RESTORE_DIR: toldOf(restoredFrom, told) },
      facts: {
        ...(spec.outputs !== undefined && { outputs: { state: 'open' } }),
        ...(restoredFrom !== undefined && { restoredFrom }),
      },
    };
  } catch (error) {
    const isLate = error instanceof RetryableError && ports.clock.now() >= giveUpAt;
    if (!(error instanceof TerminalError || isLate)) throw error;
    return { kind: 'refused', reason: reason('refused', messageOf(error), 'infrastructure') };
  }
}

/** What was chosen for a preparation stays: each of its calls asks for the same. */
async function prepareCheckpoints(ports: KeptPorts, row: Row): Promise<AttemptRow['restoredFrom']> {
  const kept = checkpointsOnShare(ports, row);
  await make(row, kept);
  if (row.number === 1 || row.preparedAt !== undefined) return row.restoredFrom;
  return restoreFrom(kept.share, kept.folder.slice(0, -1), row.number);
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

// What an attempt left, to be shown: from the list that was made when it settled, or from where they are, as it is now.
import type { AttemptRow } from '../../domain/attempt/attempt';
import { type LateFile, lateFiles, type OutputFile, type OutputList } from '../../domain/outputs/output-list';
import { type FreezePorts } from './freeze-outputs';
import { outputsOf } from './kept-files';
import { walkFolder } from './walk-folder';

/** An answer over HTTP is waited for: so much of a folder is looked at for one, milliseconds and files. */
const LIVE = { withinMs: 20_000, files: 100_000 };

export interface ShownOutputs {
  readonly files: readonly (OutputFile | LateFile)[];
  readonly more: boolean;
}

/** Rejects as the place of the outputs does, where it is asked. */
export async function shownOutputs(ports: FreezePorts, row: AttemptRow): Promise<ShownOutputs> {
  const list = (await frozenList(ports, row)) ?? (await liveList(ports, row));
  return { files: list.files, more: list.more === true };
}

/** How the folder differs now from the list; nothing where there is no list. */
export async function lateOutputs(ports: FreezePorts, row: AttemptRow): Promise<ShownOutputs> {
  const frozen = await frozenList(ports, row);
  if (frozen === undefined) return { files: [], more: false };
  const now = await liveList(ports, row);
  return { files: lateFiles(frozen, now), more: now.more === true || frozen.more === true };
}

async function frozenList(ports: FreezePorts, row: AttemptRow): Promise<OutputList | undefined> {
  return row.outputs?.state === 'listed' ? ports.outputLists?.get(row.jobId, row.number) : undefined;
}

async function liveList(ports: FreezePorts, row: AttemptRow): Promise<OutputList> {
  const { files, folder } = outputsOf(ports, row);
  return walkFolder(ports.clock, files, folder, LIVE);
}

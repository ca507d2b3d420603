// Lists an attempt's outputs once and keeps the list: what the program leaves later counts as late.
import type { AttemptRow } from '../../domain/attempt/attempt';
import { messageOf } from '../../domain/errors';
import { type AttemptOutputs, notListed } from '../../domain/outputs/attempt-outputs';
import { bytesOf, MOST_FILES } from '../../domain/outputs/output-list';
import type { Clock } from '../../domain/ports/clock';
import type { OutputLists } from '../../domain/ports/output-lists';
import { type KeptPorts, outputsOf } from './kept-files';
import { walkFolder } from './walk-folder';

export interface FreezePorts extends KeptPorts {
  readonly clock: Clock;
  /** Left out: no list can be kept. */
  readonly outputLists?: OutputLists | undefined;
}

/**
 * `since`: when the attempt settled. `withinMs`: no request is begun later. `mayWait`: a list that takes longer is left
 * for another time; else it is kept as far as it goes. Never rejects.
 */
export async function freezeOutputs(
  ports: FreezePorts,
  row: AttemptRow,
  of: { readonly since: number; readonly withinMs: number; readonly mayWait: boolean },
): Promise<AttemptOutputs> {
  try {
    const { files, folder } = outputsOf(ports, row);
    if (ports.outputLists === undefined) throw new Error('There is no store for lists of outputs.');
    const { late, ...walked } = await walkFolder(ports.clock, files, folder, {
      files: MOST_FILES,
      withinMs: of.withinMs,
    });
    if (late && of.mayWait)
      return notListed(`It took longer than ${of.withinMs / 1000} s.`, of.since, ports.clock.now());
    const kept = await ports.outputLists.keep(row.jobId, row.number, walked);
    return {
      state: 'listed',
      at: kept.at,
      files: kept.files.length,
      bytes: bytesOf(kept),
      ...(kept.more === true && { more: true }),
    };
  } catch (error) {
    return notListed(messageOf(error), of.since, ports.clock.now());
  }
}

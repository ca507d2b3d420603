// Where an attempt's outputs and checkpoints are, by the configuration as it is now.
import type { AttemptRow } from '../../domain/attempt/attempt';
import { TerminalError } from '../../domain/errors';
import {
  checkpointsFolder,
  checkpointsVolume,
  outputsFolder,
  outputsVolume,
} from '../../domain/placement/kept-volumes';
import type { Placement } from '../../domain/placement/placement';
import type { FilePath, Files } from '../../domain/ports/files';
import type { OutputContainer, OutputContainers } from '../../domain/ports/output-containers';
import type { Share, Shares } from '../../domain/ports/shares';

export interface KeptPorts {
  readonly placements: readonly Placement[];
  /** Left out: no share can be read. */
  readonly shares?: Shares | undefined;
  /** Left out: nothing can be uploaded. */
  readonly outputContainers?: OutputContainers | undefined;
}

export interface KeptFiles {
  readonly files: Files;
  /** The attempt's own folder. */
  readonly folder: FilePath;
}

export interface KeptOnShare {
  readonly share: Share;
  /** The attempt's own folder. */
  readonly folder: FilePath;
}

export interface KeptInContainer {
  readonly container: OutputContainer;
  /** The attempt's own folder. */
  readonly folder: FilePath;
}

type Of = Pick<AttemptRow, 'jobId' | 'number' | 'placement'>;

/** To list and read an attempt's outputs. @throws TerminalError where they are kept nowhere (any more). */
export function outputsOf(ports: KeptPorts, row: Of & Pick<AttemptRow, 'outputsBy'>): KeptFiles {
  if (row.outputsBy === 'url') {
    const { container, folder } = outputsInContainer(ports, row);
    return { files: container, folder };
  }
  const { share, folder } = outputsOnShare(ports, row);
  return { files: share, folder };
}

/** @throws TerminalError where no container can be had. */
export function outputsInContainer({ outputContainers }: KeptPorts, row: Of): KeptInContainer {
  if (outputContainers === undefined)
    throw new TerminalError('There is no storage account in which outputs could be kept.');
  return { container: outputContainers.of(row.jobId), folder: [String(row.number)] };
}

/** @throws TerminalError where the placement names no share for them (any more). */
export function outputsOnShare(ports: KeptPorts, row: Of): KeptOnShare {
  const folder = outputsFolder({ jobId: row.jobId, attempt: row.number });
  return { share: shareOf(ports, row.placement, 'outputs'), folder: folder.split('/') };
}

/** @throws TerminalError where the placement names no share for them (any more). */
export function checkpointsOnShare(ports: KeptPorts, row: Of): KeptOnShare {
  const folder = checkpointsFolder({ jobId: row.jobId, attempt: row.number });
  return { share: shareOf(ports, row.placement, 'checkpoints'), folder: folder.split('/') };
}

function shareOf({ placements, shares }: KeptPorts, name: string, what: 'outputs' | 'checkpoints'): Share {
  const placement = placements.find((candidate) => candidate.name === name);
  if (placement === undefined)
    throw new TerminalError(
      `Placement "${name}" is not configured any more, and with it where its ${what} are.`,
    );
  const volume = what === 'outputs' ? outputsVolume(placement) : checkpointsVolume(placement);
  const address = volume === undefined ? undefined : placement.volumes?.[volume]?.share;
  if (address === undefined || shares === undefined)
    throw new TerminalError(
      `Placement "${name}" keeps no ${what} any more: it names no volume with a share for them.`,
    );
  return shares.open(address);
}

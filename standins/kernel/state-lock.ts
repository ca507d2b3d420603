// One stack for each state folder: its storage, its orchestrations and its logs may each belong to one process only.
import { join } from 'node:path';

import { type FolderLock, lockFolder } from './folder-lock';
import type { Holder } from './lock-holder';

/**
 * What is locked: the folder for a stack, and in it the parts that a process writes which may outlive its stack by a
 * moment.
 */
export type StatePart = 'stack' | 'azurite' | 'functions-host';

/**
 * How long a part's holder may take to end after its stack is gone (end-with-parent: 3 s), milliseconds. A loaded
 * machine takes longer.
 */
const ENDING_MS = 10_000;

/** @throws an error that says who has the folder and what to do. */
export async function lockState(stateFolder: string, part: StatePart, what: string): Promise<FolderLock> {
  const at = join(stateFolder, 'locks', part);
  const locked = await lockFolder({ at, what, waitMs: part === 'stack' ? 0 : ENDING_MS });
  if ('lock' in locked) return locked.lock;
  throw new Error(inUse(stateFolder, locked.heldBy));
}

function inUse(stateFolder: string, { what, pid, since }: Holder): string {
  return [
    `The state folder ${stateFolder} is in use by another process: ${what}, process id ${pid}, since ${since}.`,
    `Two on one folder would lose jobs. End that one (kill ${pid}), or give this one a folder and ports of its own:`,
    'set GPU_JOBS_LOCAL_STATE to another folder, and each GPU_JOBS_…_PORT to another port (0 picks a free one).',
  ].join('\n');
}

// What can be seen of a job from outside: the emulator's ledger, and the archive read through the API.
import { listGroups, readLedger, readPrinted } from '../../../standins/stack/emulator-view';
import type { Job } from '../../../standins/stack/jobs-api';
import type { TestStack } from './test-stack';

/** The group of a job's attempt. */
export function groupOf(job: Pick<Job, 'id'>, attempt = 1): string {
  return `${job.id}-${attempt}`;
}

/** How often a group was created and its program started, and whether it still exists. */
export async function traceOf(
  { stack }: TestStack,
  group: string,
): Promise<{ puts: number; programs: number; exists: boolean }> {
  const [ledger, existing] = await Promise.all([
    readLedger(stack.emulatorUrl),
    listGroups(stack.emulatorUrl),
  ]);
  return {
    puts: ledger.puts.filter((put) => put.group === group).length,
    programs: ledger.programs.filter((program) => program.group === group).length,
    exists: existing.includes(group),
  };
}

/** The archived log of a job's attempt, and what its program really printed. */
export async function logOf(
  { stack, api }: TestStack,
  job: Pick<Job, 'id'>,
  attempt = 1,
): Promise<{ archived: string; printed: string }> {
  const [archived, printed] = await Promise.all([
    api.log(job.id, attempt, 0),
    readPrinted(stack.emulatorUrl, groupOf(job, attempt)),
  ]);
  return { archived: archived.toString(), printed: printed.toString() };
}

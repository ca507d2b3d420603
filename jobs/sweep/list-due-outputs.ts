// The part of the tick that lists outputs which could not be listed when their attempt settled. Nothing waits for it.
import { messageOf } from '../../domain/errors';
import { outputsDue } from '../../domain/outputs/outputs-due';
import { attemptNumbered } from '../../domain/ports/job-store';
import { writeLastWord } from '../attempt/write-last-word';
import { atOnce } from '../flow/at-once';
import { freezeOutputs } from '../outputs/freeze-outputs';
import type { CompletePorts } from '../ports';

const AT_ONCE = 4;
/** Of one attempt, milliseconds. What is listed by then is kept, and the list says that there are more. */
const WITHIN_MS = 60_000;

/** Of jobs that were found with outputs to list. One that fails is logged and left for the next minute. */
export async function listDueOutputs(ports: CompletePorts, found: readonly string[]): Promise<void> {
  await atOnce(AT_ONCE, found, async (jobId) => {
    try {
      await listOf(ports, jobId);
    } catch (error) {
      ports.log.error(`The outputs of job ${jobId} could not be listed now: ${messageOf(error)}`);
    }
  });
}

async function listOf(ports: CompletePorts, jobId: string): Promise<void> {
  const before = await ports.jobs.read(jobId);
  for (const number of before === undefined ? [] : outputsDue(before)) {
    const records = await ports.jobs.read(jobId);
    const attempt = attemptNumbered(records, number);
    if (records === undefined || attempt?.row.outputs?.state !== 'due') continue;
    const { since } = attempt.row.outputs;
    const outputs = await freezeOutputs(ports, attempt.row, { since, withinMs: WITHIN_MS, mayWait: false });
    if (outputs.state === 'due') ports.log.warn(`The outputs of ${jobId}-${number} wait: ${outputs.why}`);
    else await writeLastWord(ports, { records, attempt }, { outputs });
  }
}

// Finds the attempt whose outputs are asked for, or the answer that says why there are none.
import type { HttpResponseInit } from '@azure/functions';

import type { AttemptRow } from '../../domain/attempt/attempt';
import { messageOf, RunnerError, TerminalError } from '../../domain/errors';
import { JOB_ID } from '../../domain/job/names';
import { attemptNumbered, type JobStore } from '../../domain/ports/job-store';
import { noSuchJob, problem } from './problem';

export type FoundAttempt =
  | { readonly ok: true; readonly row: AttemptRow }
  | { readonly ok: false; readonly problem: HttpResponseInit };

/** `asked`: left out, the current one. */
export async function attemptWithOutputs(
  jobs: Pick<JobStore, 'read'>,
  id: string,
  asked?: number,
): Promise<FoundAttempt> {
  const records = JOB_ID.test(id) ? await jobs.read(id) : undefined;
  if (records === undefined) return { ok: false, problem: noSuchJob(id) };
  const number = asked ?? records.job.row.attempt;
  const row = attemptNumbered(records, number)?.row;
  if (row === undefined)
    return { ok: false, problem: problem(404, 'No such attempt', `Job ${id} has no attempt ${number}.`) };
  if (row.outputs !== undefined) return { ok: true, row };
  const why =
    row.intent.kind === 'none' && row.verdict === undefined
      ? 'its workload is not created yet'
      : 'its spec asks for none ("outputs": { "path": … }), or its workload was never created';
  return {
    ok: false,
    problem: problem(404, 'No outputs', `Attempt ${number} of job ${id} has no outputs: ${why}.`),
  };
}

/** Runs `read`; outputs that can't be read are the answer. */
export async function orOutputsProblem(read: () => Promise<HttpResponseInit>): Promise<HttpResponseInit> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof RunnerError)) throw error;
    const passes = !(error instanceof TerminalError);
    return problem(
      passes ? 503 : 502,
      'The outputs can not be read',
      messageOf(error),
      {},
      passes ? { 'retry-after': '5' } : {},
    );
  }
}

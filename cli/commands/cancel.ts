// gpujobs cancel: ends jobs, by id or name, whole groups, by what they have in common, or all.
import type { GpuJobsClient } from '../../client/gpu-jobs-client';
import { GROUP_ID } from '../../domain/group/group';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { paintState } from '../paint';
import { type FilterFlags, jobFilter } from '../spec/job-filter';
import { eachJob, jobToChange } from '../spec/job-reference';

export interface CancelFlags extends FilterFlags {
  readonly all?: true;
}

export async function cancel(cli: Cli, typed: readonly string[], flags: CancelFlags): Promise<void> {
  const { all } = flags;
  const filter = jobFilter(cli, flags);
  const ways = [typed.length > 0, all === true, filter !== undefined].filter(Boolean).length;
  if (ways !== 1)
    throw new CliError(
      'Say what to cancel, in one way: ID…, --all, or what the jobs have in common: --label, --state, --schedule, --name, --placement, --since, --until.',
      EXIT.usage,
    );
  const client = await cli.client();
  for (const id of typed.filter((one) => GROUP_ID.test(one))) await cancelGroup(cli, client, id);
  const jobs = typed.filter((one) => !GROUP_ID.test(one));
  for (const id of await eachJob(jobToChange, cli, client, jobs)) {
    const job = await client.jobs.cancel(id);
    if (cli.json) cli.printJson(job);
    else if (job.outcome === undefined) cli.out(`${id}  is being canceled`);
    else cli.out(`${id}  was over already: ${paintState(cli.paint, job.state)}`);
  }
  if (typed.length > 0) return;
  const canceled = await client.jobs.cancelMany(filter ?? { all: true });
  if (cli.json) cli.printJson({ canceled });
  else if (canceled.length === 0) cli.say('No such job waits or runs.');
  else for (const id of canceled) cli.out(`${id}  is being canceled`);
}

async function cancelGroup(cli: Cli, client: GpuJobsClient, id: string): Promise<void> {
  const canceled = await client.groups.cancel(id);
  if (cli.json) cli.printJson({ group: id, canceled });
  else if (canceled.length === 0) cli.out(`${id}  was over already`);
  else cli.out(`${id}  ${canceled.length} ${canceled.length === 1 ? 'job is' : 'jobs are'} being canceled`);
}

// gpujobs watch: jobs as they go, with times and cost so far; the given ones until they are over, or the newest ones.
import { setTimeout as sleep } from 'node:timers/promises';

import type { JobView } from '../../api/jobs';
import type { GpuJobsClient } from '../../client/gpu-jobs-client';
import { messageOf } from '../../domain/errors';
import { GROUP_ID } from '../../domain/group/group';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT, type ExitCode } from '../exit-codes';
import { boardFor } from '../follow/board';
import { stopOnInterrupt, StoppedWatching } from '../follow/stop';
import { watchGroup } from '../groups/watch-group';
import { type FilterFlags, jobFilter } from '../spec/job-filter';
import { eachJob, jobToRead } from '../spec/job-reference';

export interface WatchFlags extends FilterFlags {
  readonly limit: number;
}

/** Between two looks, milliseconds. */
const LOOK_EVERY_MS = 2_000;

export async function watch(cli: Cli, typed: readonly string[], flags: WatchFlags): Promise<ExitCode> {
  if (typed.length > 0 && jobFilter(cli, flags) !== undefined)
    throw new CliError('Say which jobs, in one way: ID…, or --state, --label and their kin.', EXIT.usage);
  const group = typed.find((one) => GROUP_ID.test(one));
  if (group !== undefined && typed.length > 1)
    throw new CliError('One group is watched at a time, by itself.', EXIT.usage);
  if (group !== undefined) return watchGroup(cli, group);
  const ids = await eachJob(jobToRead, cli, await cli.client(), typed);
  const board = await boardFor(cli);
  const client = await cli.client(board.say);
  const stop = stopOnInterrupt({
    // What is only listed is not canceled by a key.
    host: ids.length > 0 && !cli.json ? cli.host : { onInterrupt: cli.host.onInterrupt, onKeys: undefined },
    ask: board.ask,
    cancel: () => {
      board.say('Asking for cancellation…');
      for (const id of ids)
        client.jobs
          .cancel(id)
          .catch((error: unknown) => board.say(`${id} could not be canceled: ${messageOf(error)}`));
    },
  });
  try {
    const over = new Map<string, JobView>();
    for (;;) {
      const wanted = ids.length > 0 ? ids : await newest(cli, client, flags);
      const jobs = await Promise.all(wanted.map(async (id) => over.get(id) ?? client.jobs.get(id)));
      for (const job of jobs) if (job.outcome !== undefined) over.set(job.id, job);
      board.show(jobs);
      if (ids.length > 0 && jobs.every(({ outcome }) => outcome !== undefined)) return EXIT.ok;
      await sleep(LOOK_EVERY_MS, undefined, { signal: stop.signal });
    }
  } catch (error) {
    if (error instanceof StoppedWatching || stop.signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    board.close();
    stop.dispose();
  }
}

/** Oldest first: what is new appears below. */
async function newest(cli: Cli, client: GpuJobsClient, flags: WatchFlags): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of client.jobs.listAll({ ...jobFilter(cli, flags), limit: flags.limit })) {
    ids.push(id);
    if (ids.length === flags.limit) break;
  }
  return ids.reverse();
}

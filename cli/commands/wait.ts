// gpujobs wait: until jobs are over; exits with what became of them.
import type { GpuJobsClient } from '../../client/gpu-jobs-client';
import { GROUP_ID } from '../../domain/group/group';
import type { Cli } from '../cli';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes';
import { stopOnInterrupt, StoppedWatching } from '../follow/stop';
import { TimeLimitError, withTimeLimit } from '../follow/time-limit';
import { exitCodeOfGroup, followGroup } from '../groups/follow-group';
import { statesInWords } from '../groups/group-in-words';
import { paintState } from '../paint';
import { duration } from '../show/duration';
import { reasonInWords } from '../show/timeline';
import { eachJob, jobOrGroup } from '../spec/job-reference';

export interface WaitFlags {
  /** Seconds. */
  readonly timeout?: number;
}

/**
 * A line for each job or group as it ends, or each as JSON. Of one job its exit code, of a group the highest of its
 * members'; of several that of the first in the order given whose code is not 0. The jobs go on when the time is up.
 */
export async function wait(cli: Cli, typed: readonly string[], { timeout }: WaitFlags): Promise<ExitCode> {
  const client = await cli.client(cli.say);
  const ids = [...new Set(await eachJob(jobOrGroup, cli, client, typed))];
  const stop = stopOnInterrupt({
    host: { onInterrupt: cli.host.onInterrupt, onKeys: undefined },
    ask: () => undefined,
    cancel: () => undefined,
  });
  const limit = withTimeLimit(stop.signal, timeout === undefined ? undefined : timeout * 1000);
  const open = new Set(ids);
  try {
    const codes = await Promise.all(
      ids.map(async (id) => {
        if (GROUP_ID.test(id)) return untilGroupOver(cli, client, id, limit.signal, () => open.delete(id));
        const job = await client.untilOver(id, { signal: limit.signal });
        open.delete(id);
        const why = reasonInWords(job);
        if (cli.json) cli.printJson(job);
        else cli.out(`${id}  ${paintState(cli.paint, job.state)}${why === '' ? '' : `  ${why}`}`);
        return exitCodeOf(job);
      }),
    );
    return codes.find((code) => code !== EXIT.ok) ?? EXIT.ok;
  } catch (error) {
    const reason: unknown = limit.signal.aborted ? limit.signal.reason : error;
    if (reason instanceof TimeLimitError) {
      cli.say(
        `After ${duration((timeout ?? 0) * 1000)} not over: ${[...open].join(', ')}. ${open.size === 1 ? 'It goes' : 'They go'} on.`,
      );
      return EXIT.waitTimedOut;
    }
    if (reason instanceof StoppedWatching) return EXIT.interrupted;
    throw error;
  } finally {
    limit.dispose();
    stop.dispose();
  }
}

async function untilGroupOver(
  cli: Cli,
  client: GpuJobsClient,
  id: string,
  signal: AbortSignal,
  onOver: () => void,
): Promise<ExitCode> {
  const { group, jobs } = await followGroup(client, id, () => undefined, signal);
  onOver();
  if (cli.json) cli.printJson({ group, jobs });
  else cli.out(`${id}  ${statesInWords(group, cli.paint)}`);
  return exitCodeOfGroup(jobs);
}

// gpujobs cancel: ends jobs, by id, by label, or all.
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { paintState } from '../paint';
import { parsePairs } from '../spec/pairs';

export interface CancelFlags {
  readonly all?: true;
  readonly label?: readonly string[];
}

export async function cancel(cli: Cli, ids: readonly string[], { all, label }: CancelFlags): Promise<void> {
  const ways = [ids.length > 0, all === true, label !== undefined].filter(Boolean).length;
  if (ways !== 1)
    throw new CliError('Say what to cancel, in one way: ID…, --label NAME=VALUE, or --all.', EXIT.usage);
  const client = await cli.client();
  if (ids.length > 0) {
    for (const id of ids) {
      const job = await client.jobs.cancel(id);
      if (cli.json) cli.printJson(job);
      else if (job.outcome === undefined) cli.out(`${id}  is being canceled`);
      else cli.out(`${id}  was over already: ${paintState(cli.paint, job.state)}`);
    }
    return;
  }
  const labels = parsePairs('--label', label);
  const canceled = await client.jobs.cancelMany(all === true ? { all } : { labels });
  if (cli.json) cli.printJson({ canceled });
  else if (canceled.length === 0) cli.say('No such job waits or runs.');
  else for (const id of canceled) cli.out(`${id}  is being canceled`);
}

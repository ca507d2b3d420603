// gpujobs show: everything about one job.
import type { Cli } from '../cli';
import { jobCard } from '../show/job-card';

export async function show(cli: Cli, id: string): Promise<void> {
  const client = await cli.client();
  const job = await client.jobs.get(id);
  if (cli.json) cli.printJson(job);
  else for (const line of jobCard(job, cli.paint, cli.host.clock.now())) cli.out(line);
}

// gpujobs drain: admits nothing for a while; what runs goes on, what waits goes on waiting.
import type { Cli } from '../cli';

export async function drain(cli: Cli, { off }: { readonly off?: true }): Promise<void> {
  const client = await cli.client();
  const draining = await client.deployment.drain(off !== true);
  if (cli.json) cli.printJson({ draining });
  else if (draining) cli.out('Draining: nothing is admitted until "gpujobs drain --off". What runs goes on.');
  else cli.out('Admitting jobs again.');
}

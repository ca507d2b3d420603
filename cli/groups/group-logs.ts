// gpujobs logs GROUP: what its members' programs printed, each line behind its member's index.
import type { GpuJobsClient } from '../../client/gpu-jobs-client';
import { createLogText } from '../../client/log-text';
import type { JobSummary } from '../../domain/lists/job-summary';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT, type ExitCode } from '../exit-codes';
import { gapInWords } from '../follow/gap-in-words';
import { createLogSink } from '../follow/log-sink';

/** The member with this index. @throws CliError where the group has none. */
export async function memberOf(client: GpuJobsClient, id: string, index: number): Promise<JobSummary> {
  const jobs = await client.groups.members(id);
  const found = jobs.find(({ group }) => group?.index === index);
  if (found !== undefined) return found;
  const has = jobs.length === 0 ? 'it has none yet' : `it has ${indexesInWords(jobs)}`;
  throw new CliError(`Group ${id} has no member with index ${index}: ${has}.`, EXIT.notFound);
}

/** What is there now, member after member. `tail`: so many lines before the end of each. */
export async function groupLogs(cli: Cli, id: string, tail: number | undefined): Promise<ExitCode> {
  const client = await cli.client();
  const jobs = await client.groups.members(id);
  if (jobs.length === 0) await client.groups.get(id); // Tells that there is no such group.
  let anything = false;
  for (const job of jobs.filter(({ attempt }) => attempt > 0))
    anything = (await printOne(cli, client, job, tail)) || anything;
  if (!anything) cli.say(`[log: none of the ${jobs.length} members has a log yet]`);
  return anything ? EXIT.ok : EXIT.notFound;
}

/** Of its latest attempt; resolves to whether there was anything. */
async function printOne(
  cli: Cli,
  client: GpuJobsClient,
  { id, attempt, group }: JobSummary,
  tail: number | undefined,
): Promise<boolean> {
  const index = group?.index ?? 0;
  const lines = prefixed(cli, index);
  const { attempts } = await client.jobs.get(id);
  const generation = attempts.find(({ number }) => number === attempt)?.log?.generation;
  let slice = await client.logs.slice(id, { attempt, generation, tail });
  let bytes = 0;
  for (;;) {
    for (const gap of slice.gaps) cli.say(`[${index}] ${gapInWords(gap)}`);
    lines.add(slice.bytes, id, slice.from);
    bytes += slice.bytes.length;
    if (slice.final || slice.bytes.length === 0) break;
    slice = await client.logs.slice(id, { attempt, generation, from: slice.next });
  }
  lines.end();
  return bytes > 0;
}

interface Lines {
  add(bytes: Uint8Array, id: string, from: number): void;
  end(): void;
}

/** As JSON an event for each slice. Otherwise whole lines: one that is not ended yet waits for its rest. */
function prefixed({ json, out, host }: Cli, index: number): Lines {
  const text = createLogText();
  if (json)
    return {
      add: (bytes, id, from) => {
        if (bytes.length > 0)
          out(JSON.stringify({ event: 'log', index, id, from, text: text.decode(bytes) }));
      },
      end: () => undefined,
    };
  const sink = createLogSink(host.stdout);
  let rest = '';
  const write = (line: string): void => sink.write(Buffer.from(`[${index}] ${line}\n`));
  return {
    add: (bytes) => {
      const lines = (rest + text.decode(bytes)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) write(line);
    },
    end: () => {
      const last = rest + text.end();
      if (last !== '') write(last);
      sink.end();
    },
  };
}

function indexesInWords(jobs: readonly JobSummary[]): string {
  const indexes = jobs.map(({ group }) => group?.index ?? 0);
  return indexes.length <= 10 ? indexes.join(', ') : `${indexes[0] ?? ''} to ${indexes.at(-1) ?? ''}`;
}

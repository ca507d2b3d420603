// The options that say which jobs are meant, for list, watch and cancel.
import type { JobFilterOptions } from '../../client/jobs-client';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { parseInstant } from './instants';
import { parsePair } from './pairs';

export interface FilterFlags {
  readonly state?: readonly string[];
  readonly label?: readonly string[];
  readonly schedule?: string;
  readonly name?: string;
  readonly placement?: readonly string[];
  readonly since?: string;
  readonly until?: string;
}

/** Everything that is given must fit; undefined where nothing is. */
export function jobFilter(cli: Pick<Cli, 'host'>, flags: FilterFlags): JobFilterOptions | undefined {
  const { state, label, schedule, name, placement, since, until } = flags;
  if ([state, label, schedule, name, placement, since, until].every((one) => one === undefined))
    return undefined;
  const now = cli.host.clock.now();
  return {
    states: state,
    labels: label === undefined ? undefined : labelsOf(label),
    schedule,
    name,
    placements: placement,
    since: since === undefined ? undefined : parseInstant('--since', since, now),
    until: until === undefined ? undefined : parseInstant('--until', until, now),
  };
}

/** A job has one value of a label: two of one name mean no job, and are a slip. */
function labelsOf(texts: readonly string[]): Readonly<Record<string, string>> {
  const labels = new Map<string, string>();
  for (const text of texts) {
    const [name, value] = parsePair('--label', text);
    const before = labels.get(name);
    if (before !== undefined && before !== value)
      throw new CliError(
        `--label asks for ${name}=${before} and for ${name}=${value}; a job has one of them.`,
        EXIT.usage,
      );
    labels.set(name, value);
  }
  return Object.fromEntries(labels);
}

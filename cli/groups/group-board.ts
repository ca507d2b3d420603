// A group on the screen: counts and the members that are not over, drawn again and again; elsewhere a line for each
// change.
import type { Cli } from '../cli';
import { isTerminal } from '../host';
import { paintState } from '../paint';
import { timeOfDay } from '../show/duration';
import { fittedTo } from '../show/fitted-table';
import { cut } from '../show/table';
import { safeLines } from '../show/terminal-safe';
import { reasonInWords } from '../show/timeline';
import { printable } from '../show/words';
import type { FollowedGroup } from './follow-group';
import { statesInWords } from './group-in-words';
import { groupTable } from './group-table';

interface GroupBoard {
  readonly show: (look: FollowedGroup) => void;
  readonly say: (text: string) => void;
  readonly close: () => void;
}

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;
/** Lines besides those of members: the counts, the headings, what is left out, the hint, and one to spare. */
const OTHER_LINES = 6;

export async function groupBoardFor(cli: Cli): Promise<GroupBoard> {
  if (cli.json)
    return changes(cli, ({ group }, job) => cli.out(JSON.stringify({ event: 'job', group: group.id, job })));
  if (cli.host.live === undefined || !isTerminal(cli.host.stdout)) return plainBoard(cli);
  const live = await cli.host.live();
  return {
    show: (look) => live(safeLines(boardLines(cli, look).join('\n'))),
    say: (text) => {
      live.clear();
      cli.say(text);
    },
    close: () => live.done(),
  };
}

/** Members that are on their way first, then those that failed; as many as the terminal has room for. */
function boardLines({ host, paintErr }: Cli, { group, jobs }: FollowedGroup): string[] {
  const columns = host.stderr.columns ?? DEFAULT_COLUMNS;
  const room = Math.max(1, (host.stderr.rows ?? DEFAULT_ROWS) - OTHER_LINES);
  const telling = [
    ...jobs.filter(({ outcome, state }) => outcome === undefined && state !== 'Queued'),
    ...jobs.filter(({ outcome }) => outcome !== undefined && outcome !== 'Succeeded'),
  ];
  const { columns: headings, rows } = groupTable(telling.slice(0, room), paintErr, host.clock.now());
  const left = telling.length - room;
  return [
    `${printable(group.name ?? group.id)}  ${statesInWords(group, paintErr)}`,
    ...(telling.length === 0 ? [] : ['', ...fittedTo(headings, rows, columns)]),
    ...(left > 0 ? [paintErr.dim(`and ${left} more`)] : []),
    '',
    paintErr.dim('Ctrl-C stops watching'),
  ].map((line) => cut(line, columns));
}

function plainBoard(cli: Cli): GroupBoard {
  return changes(cli, (_, job) => {
    const why = job.outcome === 'Succeeded' ? '' : reasonInWords(job);
    const parameters = Object.entries(job.group?.parameters ?? {}).map(([name, value]) => `${name}=${value}`);
    const who = [`[${job.group?.index ?? '?'}]`, ...parameters.map(printable)].join(' ');
    const at = timeOfDay(cli.host.clock.now());
    cli.out(`${at}  ${who}  ${paintState(cli.paint, job.state)}${why === '' ? '' : `  ${printable(why)}`}`);
  });
}

/** Each state of each member once. */
function changes(
  cli: Cli,
  tell: (look: FollowedGroup, job: FollowedGroup['jobs'][number]) => void,
): GroupBoard {
  const seen = new Map<string, string>();
  return {
    show: (look) => {
      for (const job of look.jobs) {
        const text = `${job.attempt} ${job.state}`;
        if (seen.get(job.id) === text) continue;
        seen.set(job.id, text);
        tell(look, job);
      }
    },
    say: cli.say,
    close: () => undefined,
  };
}

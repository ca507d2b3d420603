// The tables of docs/failures.md, made from the product's own data.
import { classOf, type FailurePlace, type FailureRow } from '../../backends/aci/failure-row';
import { FAILURE_TABLE } from '../../backends/aci/failure-table';
import { PLATFORM_EXITS } from '../../backends/aci/platform-exits';
import { type Deadlines, DEFAULT_DEADLINES, MAX_DEADLINES } from '../../domain/attempt/deadlines';
import { EXIT_MEANINGS } from '../../domain/attempt/exit-verdict';
import { REASON_CODES, REASONS } from '../../domain/job/failure-reason';

/** A header and rows, with the cells as they stand between the bars. */
export type Table = readonly (readonly string[])[];

const WHERE: Readonly<Record<FailurePlace, string>> = {
  create: 'answer to the create',
  provisioning: 'provisioning `Failed`',
  image: 'events about the image',
  start: 'events about the start',
  state: 'state of group or container',
  look: 'answer to a look',
  log: 'answer to a request for the log',
};

const DEADLINE_NAMES = ['queued', 'provisioning', 'pulling', 'running', 'archiving'] as const;

/** What happens to the job when a deadline passes, and what follows. */
const PAST: Readonly<Record<keyof Deadlines, readonly [string, string]>> = {
  queued: ['from the submission, or from when its next attempt may start', 'TimedOut'],
  provisioning: ['from the create until the image is being pulled', 'next attempt, else Failed'],
  pulling: ['from the first sign of the pull until the program starts', 'next attempt, else Failed'],
  running: ['from the start of the program until its end', 'TimedOut'],
  archiving: [
    'from the end of the program until its log is archived',
    'unchanged: the workload goes, the missing end is marked in the log',
  ],
};

/** The tables by the name between the markers `<!-- name -->` and `<!-- end -->`. */
export const TABLES: Readonly<Record<string, Table>> = {
  reasons: [
    ['reason', 'class', 'means'],
    ...REASON_CODES.map((code) => [`\`${code}\``, REASONS[code].class, REASONS[code].means]),
  ],
  deadlines: [
    ['deadline', 'runs', 'default', 'at most', 'reason when it passes', 'the job then'],
    ...DEADLINE_NAMES.map((name) => [
      `\`${name}\``,
      PAST[name][0],
      span(DEFAULT_DEADLINES[name]),
      span(MAX_DEADLINES[name]),
      `\`${name}-deadline\``,
      PAST[name][1],
    ]),
  ],
  'exit-codes': [
    ['exit code', 'reason', 'class', 'means'],
    ['0', '', '', 'the program succeeded'],
    ...[...PLATFORM_EXITS, ...EXIT_MEANINGS].map(({ codes, reason, says, source }) => [
      codes.join(', '),
      `\`${reason}\``,
      REASONS[reason].class,
      `${says} (${linked(source)})`,
    ]),
    ['any other', '`exit-code`', REASONS['exit-code'].class, REASONS['exit-code'].means],
  ],
  azure: [
    ['where', 'what Azure shows', 'reason', 'class', 'ends the attempt', 'rests on'],
    ...FAILURE_TABLE.map((row) => [
      WHERE[row.where],
      shown(row),
      `\`${row.reason}\``,
      classOf(row),
      row.ends.replaceAll('-', ' '),
      linked(row.source),
    ]),
  ],
};

function shown({ statuses = [], codes = [], shown: words, where }: FailureRow): string {
  const named = where === 'state' ? [] : [...statuses.map(String), ...codes.map((code) => `\`${code}\``)];
  return [named.join(', '), words].filter((part) => part !== undefined && part !== '').join(': ');
}

/** A source as the page shows it: a fact by the name of its section. */
function linked(source: string): string {
  return source.replace(/docs\/(facts\/[\w-]+\.md#([\w-]+))/g, '[$2]($1)');
}

/** Seconds in the largest unit that fits. */
function span(seconds: number): string {
  for (const [unit, name] of [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
  ] as const)
    if (seconds >= unit && seconds % unit === 0) return `${seconds / unit} ${name}`;
  return `${seconds} s`;
}

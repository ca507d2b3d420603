// gpujobs schedule: add, list, show, pause, resume, run and remove schedules.
import { type ScheduleView, scheduleWriteSchema } from '../../api/schedules';
import type { ScheduleDefinition } from '../../client/schedules-client';
import { parseUntrusted } from '../../domain/parse/parse-untrusted';
import { problemsOf } from '../../domain/spec/job-spec';
import { withOverrides } from '../../domain/spec/spec-overrides';
import { isMapping } from '../../formats/reader';
import { readSource } from '../../formats/source/source';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { type ChangeBy, changesBy, tellChanges } from '../show/changes';
import { noteInWords } from '../show/note';
import { scheduleCard, scheduleTable } from '../show/schedule-views';
import { overridesFromOptions, type SpecOptions } from '../spec/overrides-from-options';
import { type DocumentFlags, parsedDocument } from '../spec/parsed-document';
import { readDocument } from '../spec/read-document';
import { specFromOptions } from '../spec/spec-from-options';
import { whatToRun } from '../spec/what-to-run';

export interface ScheduleAddFlags extends SpecOptions, DocumentFlags {
  readonly cron?: string;
  readonly timeZone?: string;
  readonly overlap?: string;
  readonly catchUp?: string;
  readonly paused?: true;
  readonly from?: string;
  readonly replace?: true;
}

/** `operands`: FILE (a schedule, or a job in any format), and what stands after `--`. */
export async function addSchedule(
  cli: Cli,
  scheduleName: string,
  operands: readonly string[],
  flags: ScheduleAddFlags,
): Promise<void> {
  const { definition, changes } = await definitionFor(cli, operands, flags);
  const client = await cli.client();
  const view = await client.schedules.put(scheduleName, definition, { onlyIfNew: flags.replace !== true });
  tellChanges(cli, changes);
  if (cli.json && changes.length > 0) cli.printJson({ ...view, changed: changes });
  else print(cli, view);
}

export async function listSchedules(cli: Cli): Promise<void> {
  const client = await cli.client();
  const schedules = await client.schedules.list();
  if (cli.json) cli.printJson({ schedules });
  else if (schedules.length === 0) cli.say('No schedules.');
  else for (const line of scheduleTable(schedules, cli.paint, cli.host.stdout)) cli.out(line);
}

export async function showSchedule(cli: Cli, name: string): Promise<void> {
  const client = await cli.client();
  print(cli, await client.schedules.get(name));
}

export async function turnSchedule(cli: Cli, name: string, to: 'pause' | 'resume'): Promise<void> {
  const client = await cli.client();
  print(cli, await client.schedules[to](name));
}

export async function runSchedule(cli: Cli, name: string): Promise<void> {
  const client = await cli.client();
  const ran = await client.schedules.run(name);
  if (cli.json) cli.printJson(ran);
  else cli.out(ran.jobId);
}

export async function removeSchedule(cli: Cli, name: string): Promise<void> {
  const client = await cli.client();
  await client.schedules.remove(name);
  if (cli.json) cli.printJson({ removed: name });
  else cli.out(`Schedule ${name} is removed; its jobs stay.`);
}

function print(cli: Cli, view: ScheduleView): void {
  if (cli.json) cli.printJson(view);
  else for (const line of scheduleCard(view, cli.paint)) cli.out(line);
}

interface Defined {
  readonly definition: ScheduleDefinition;
  readonly changes: readonly ChangeBy[];
}

async function definitionFor(
  cli: Cli,
  operands: readonly string[],
  flags: ScheduleAddFlags,
): Promise<Defined> {
  const { cron, timeZone, overlap, catchUp, paused, from } = flags;
  const { value, changes } = await documentFor(cli, operands, flags);
  const timing = withOverrides(value, defined({ cron, timeZone, overlap, catchUp, paused, from }));
  const checked = parseUntrusted(scheduleWriteSchema, timing.spec);
  if (checked.success) {
    const replaced = timing.changed.filter((change) => change.from !== undefined);
    return { definition: checked.data, changes: [...changes, ...changesBy(replaced, TIMING_OPTIONS)] };
  }
  const problems = problemsOf(checked.error).map(({ pointer, message }) => `  ${pointer}: ${message}`);
  throw new CliError(['This makes no schedule:', ...problems].join('\n'), EXIT.refused);
}

const TIMING_OPTIONS: ReadonlyMap<string, string> = new Map([
  ['/cron', '--cron'],
  ['/timeZone', '--time-zone'],
  ['/overlap', '--overlap'],
  ['/catchUp', '--catch-up'],
  ['/paused', '--paused'],
  ['/from', '--from'],
]);

interface ScheduleDocument {
  readonly value: object;
  /** What the options changed of its job. */
  readonly changes: readonly ChangeBy[];
}

/** The schedule that a file holds, or one with only a spec. */
async function documentFor(
  cli: Cli,
  operands: readonly string[],
  flags: ScheduleAddFlags,
): Promise<ScheduleDocument> {
  const what = whatToRun(cli, operands, flags);
  if (what.kind === 'image')
    return { value: { spec: specFromOptions(flags, what.command, cli.host.env) }, changes: [] };
  const given = overridesFromOptions(flags, what.command, cli.host.env);
  const text = await readDocument(cli.host, what.file);
  const source = readSource(text);
  // JSON that only a template may have is not a schedule. Its parser says so below.
  const isPlain = source.ok && source.documents[0].liberties.length === 0;
  const value = isPlain ? source.documents[0].value : undefined;
  if (isMapping(value) && 'spec' in value && 'cron' in value) {
    refuseDocumentFlags(what.file, flags);
    const { spec, changed } = withOverrides(value['spec'], given.overrides);
    return { value: { ...withoutSchemaKey(value), spec }, changes: changesBy(changed, given.options) };
  }
  const { spec, notes, changed } = parsedDocument(what.file, text, flags, { given, provisioningAtLeastS: 0 });
  for (const note of notes) cli.say(noteInWords(note));
  return { value: { spec }, changes: changesBy(changed, given.options) };
}

/** A file that holds a schedule has a native spec in it. */
function refuseDocumentFlags(
  file: string,
  { format, location, restartPolicy, parameters }: DocumentFlags,
): void {
  const given = Object.entries({
    '--format': format,
    '--location': location,
    '--restart-policy': restartPolicy,
    '--parameters': parameters,
  }).flatMap(([option, value]) => (value === undefined ? [] : [option]));
  if (given.length === 0) return;
  throw new CliError(
    `"${file}" holds a schedule with a native spec; ${given.join(', ')} ${given.length === 1 ? 'is' : 'are'} for a job in another format beside --cron.`,
    EXIT.usage,
  );
}

/** `$schema` is for editors. */
function withoutSchemaKey(value: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== '$schema'));
}

function defined(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

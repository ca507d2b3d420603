// gpujobs schedule: add, list, show, pause, resume, run and remove schedules.
import type { ScheduleDefinition } from '../../client/schedules-client';
import { type ScheduleView, scheduleWriteSchema } from '../../domain/api/schedules';
import { problemsOf } from '../../domain/job-spec';
import { isMapping } from '../../formats/reader';
import { readSource } from '../../formats/source';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { noteInWords } from '../show/note';
import { scheduleCard, scheduleTable } from '../show/schedule-views';
import { fitted } from '../show/table';
import { readDocument } from '../spec/read-document';
import { specFromOptions, type SpecOptions } from '../spec/spec-from-options';
import { type DocumentFlags, parsed } from './convert';

export interface ScheduleAddFlags extends SpecOptions, DocumentFlags {
  readonly cron?: string;
  readonly timeZone?: string;
  readonly overlap?: string;
  readonly catchUp?: string;
  readonly paused?: true;
  readonly from?: string;
  readonly replace?: true;
}

/** `operands`: FILE (a schedule, or a job in any format), or the program's arguments where --image says what to run. */
export async function addSchedule(
  cli: Cli,
  scheduleName: string,
  operands: readonly string[],
  flags: ScheduleAddFlags,
): Promise<void> {
  const definition = await definitionFor(cli, operands, flags);
  const client = await cli.client();
  const view = await client.schedules.put(scheduleName, definition, { onlyIfNew: flags.replace !== true });
  print(cli, view);
}

export async function listSchedules(cli: Cli): Promise<void> {
  const client = await cli.client();
  const schedules = await client.schedules.list();
  if (cli.json) cli.printJson({ schedules });
  else if (schedules.length === 0) cli.say('No schedules.');
  else for (const line of fitted(scheduleTable(schedules, cli.paint), cli.host.stdout)) cli.out(line);
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

async function definitionFor(
  cli: Cli,
  operands: readonly string[],
  flags: ScheduleAddFlags,
): Promise<ScheduleDefinition> {
  const { cron, timeZone, overlap, catchUp, paused, from } = flags;
  const given = { cron, timeZone, overlap, catchUp, paused, from };
  const whole = { ...(await documentFor(cli, operands, flags)), ...defined(given) };
  const checked = scheduleWriteSchema.safeParse(whole);
  if (checked.success) return checked.data;
  const problems = problemsOf(checked.error).map(({ pointer, message }) => `  ${pointer}: ${message}`);
  throw new CliError(['This makes no schedule:', ...problems].join('\n'), EXIT.refused);
}

/** The schedule that a file holds, or one with only a spec. */
async function documentFor(cli: Cli, operands: readonly string[], flags: ScheduleAddFlags): Promise<object> {
  if (flags.image !== undefined) return { spec: specFromOptions(flags, operands, cli.host.env) };
  const [file, ...more] = operands;
  if (file === undefined || more.length > 0)
    throw new CliError(
      'Say what to run: one FILE (- reads standard input), or --image IMAGE and options.',
      EXIT.usage,
    );
  const text = await readDocument(cli.host, file);
  const source = readSource(text);
  const value = source.ok ? source.documents[0].value : undefined;
  if (isMapping(value) && 'spec' in value && 'cron' in value) return withoutSchemaKey(value);
  const { format, location, restartPolicy, parameters } = flags;
  const document = parsed(file, text, {
    ...(format === undefined ? {} : { format }),
    ...(location === undefined ? {} : { location }),
    ...(restartPolicy === undefined ? {} : { restartPolicy }),
    ...(parameters === undefined ? {} : { parameters }),
  });
  for (const note of document.notes) cli.say(noteInWords(note));
  return { spec: document.spec };
}

/** `$schema` is for editors. */
function withoutSchemaKey(value: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== '$schema'));
}

function defined(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

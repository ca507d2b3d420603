// gpujobs submit: a document in any format, or a spec from options, becomes a job; followed on request.
import type { SubmittedGroup } from '../../api/groups';
import type { Submitted } from '../../api/submissions';
import type { DocumentOptions } from '../../client/jobs-client';
import type { JobSpec } from '../../domain/spec/job-spec';
import type { Note, Where } from '../../formats/document';
import type { Cli } from '../cli';
import { EXIT, type ExitCode } from '../exit-codes';
import { followToEnd } from '../follow/follow-to-end';
import { watchGroup } from '../groups/watch-group';
import { type ChangeBy, changesBy, tellChanges } from '../show/changes';
import { noteInWords } from '../show/note';
import { armDeployment } from '../spec/arm-deployment';
import { type GivenOverrides, overridesFromOptions, type SpecOptions } from '../spec/overrides-from-options';
import { type DocumentFlags, parsedDocument } from '../spec/parsed-document';
import { readDocument } from '../spec/read-document';
import { toldInItsPlaces } from '../spec/refused-by-deployment';
import { specFromOptions } from '../spec/spec-from-options';
import { whatToRun } from '../spec/what-to-run';
import { wait } from './wait';

export interface FollowFlags {
  readonly wait?: true;
  readonly follow?: true;
}

export interface SubmitFlags extends FollowFlags, SpecOptions, DocumentFlags {
  readonly idempotencyKey?: string;
}

/** `operands`: FILE, and what stands after `--`. */
export async function submit(cli: Cli, operands: readonly string[], flags: SubmitFlags): Promise<ExitCode> {
  const { document, query, notes, changes, places } = await askedFor(cli, operands, flags);
  const client = await cli.client();
  const { idempotencyKey } = flags;
  const request = client.jobs.submit(document, { ...query, idempotencyKey });
  const submitted = await (places === undefined ? request : toldInItsPlaces(request, places));
  for (const note of [...notes, ...(submitted.notes ?? [])]) cli.say(noteInWords(note));
  tellChanges(cli, changes);
  if ('members' in submitted) return announceGroup(cli, submitted, flags, besides(notes, changes));
  return announce(cli, { ...submitted, ...besides(notes, changes) }, flags);
}

/** The deployment's answer, and what the command line knows besides. */
export type Answered = Omit<Submitted, 'notes' | 'changed'> & {
  readonly notes?: readonly Note[] | Submitted['notes'] | undefined;
  readonly changed?: readonly ChangeBy[] | undefined;
};

/** Prints the id, the one thing that scripts need; or follows the job to its end. */
export async function announce(
  cli: Cli,
  submitted: Answered,
  { wait, follow }: FollowFlags,
): Promise<ExitCode> {
  const { id } = submitted;
  if (wait !== true && follow !== true) {
    if (cli.json) cli.printJson(submitted);
    else cli.out(id);
    return EXIT.ok;
  }
  if (!cli.json) cli.say(`Job ${id}`);
  return followToEnd(cli, id, { withLog: follow === true });
}

/** Prints the group's id; or waits for its last member, and shows them go where it is followed. */
async function announceGroup(
  cli: Cli,
  submitted: SubmittedGroup,
  { wait: waits, follow }: FollowFlags,
  more: ReturnType<typeof besides>,
): Promise<ExitCode> {
  const { id, members } = submitted;
  if (waits !== true && follow !== true) {
    if (cli.json) cli.printJson({ ...submitted, ...more });
    else cli.out(id);
    return EXIT.ok;
  }
  if (!cli.json) cli.say(`Group ${id} of ${members} ${members === 1 ? 'job' : 'jobs'}`);
  return follow === true ? watchGroup(cli, id) : wait(cli, [id], {});
}

interface Asked {
  readonly document: JobSpec | string;
  readonly query: DocumentOptions;
  /** Of a document that was read here. */
  readonly notes: readonly Note[];
  readonly changes: readonly ChangeBy[];
  /** Of a spec that was made here. */
  readonly places?: {
    readonly options: GivenOverrides['options'];
    readonly whereOf?: (pointer: string) => Where;
  };
}

/** A file alone goes as it is, for the deployment to read; one that options change is read here first. */
async function askedFor(cli: Cli, operands: readonly string[], flags: SubmitFlags): Promise<Asked> {
  const what = whatToRun(cli, operands, flags);
  const { format, location, restartPolicy } = flags;
  const given = overridesFromOptions(flags, what.command, cli.host.env);
  const { options } = given;
  if (what.kind === 'image') {
    const document = specFromOptions(flags, what.command, cli.host.env);
    return { document, query: { location }, notes: [], changes: [], places: { options } };
  }
  const text = await readDocument(cli.host, what.file);
  if (options.size === 0) {
    const query = { format, location, restartPolicy };
    return { document: armDeployment(text, flags), query, notes: [], changes: [] };
  }
  const { spec, notes, changed, whereOf } = parsedDocument(what.file, text, flags, {
    given,
    provisioningAtLeastS: 0,
  });
  return {
    document: spec,
    query: {},
    notes,
    changes: changesBy(changed, options),
    places: { options, whereOf },
  };
}

/** What the deployment does not know of the submission. */
function besides(notes: readonly Note[], changed: readonly ChangeBy[]): Pick<Answered, 'notes' | 'changed'> {
  return { ...(notes.length === 0 ? {} : { notes }), ...(changed.length === 0 ? {} : { changed }) };
}

// gpujobs submit: a document in any format, or a spec from options, becomes a job; followed on request.
import type { Submitted } from '../../domain/api/submissions';
import type { JobSpec } from '../../domain/job-spec';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT, type ExitCode } from '../exit-codes';
import { followToEnd } from '../follow/follow-to-end';
import { noteInWords } from '../show/note';
import { armDeployment, type ArmParameters } from '../spec/arm-deployment';
import { readDocument } from '../spec/read-document';
import { specFromOptions, type SpecOptions } from '../spec/spec-from-options';

export interface FollowFlags {
  readonly wait?: true;
  readonly follow?: true;
}

export interface SubmitFlags extends FollowFlags, SpecOptions, ArmParameters {
  readonly format?: string;
  readonly location?: string;
  readonly restartPolicy?: string;
  readonly idempotencyKey?: string;
}

/** `operands`: FILE, or the program's arguments where --image says what to run. */
export async function submit(cli: Cli, operands: readonly string[], flags: SubmitFlags): Promise<ExitCode> {
  const document = await documentFor(cli, operands, flags);
  const { format, location, restartPolicy, idempotencyKey } = flags;
  const client = await cli.client();
  const submitted = await client.jobs.submit(document, { format, location, restartPolicy, idempotencyKey });
  for (const note of submitted.notes ?? []) cli.say(noteInWords(note));
  return announce(cli, submitted, flags);
}

/** Prints the id, the one thing that scripts need; or follows the job to its end. */
export async function announce(
  cli: Cli,
  submitted: Submitted,
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

async function documentFor(
  cli: Cli,
  operands: readonly string[],
  flags: SubmitFlags,
): Promise<JobSpec | string> {
  if (flags.image !== undefined) return specFromOptions(flags, operands, cli.host.env);
  const [file, ...more] = operands;
  if (file === undefined || more.length > 0)
    throw new CliError(
      'Say what to submit: one FILE (- reads standard input), or --image IMAGE and options.',
      EXIT.usage,
    );
  return armDeployment(await readDocument(cli.host, file), flags);
}

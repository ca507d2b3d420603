// Errors for the person before the screen: what was wrong, where, what to do; and the exit code for scripts.
import type { ProblemError } from '../api/problem';
import { ApiError, UnexpectedAnswerError, UnreachableError } from '../client/errors';
import { messageOf, TerminalError } from '../domain/errors';
import { CliError } from './cli-error';
import { EXIT, type ExitCode } from './exit-codes';
import { placeInWords } from './show/note';

export interface Told {
  readonly exitCode: ExitCode;
  /** The first line is the message, the others its details. */
  readonly lines: readonly string[];
}

export function tellError(error: unknown): Told {
  if (error instanceof CliError) return { exitCode: error.exitCode, lines: error.message.split('\n') };
  if (error instanceof ApiError) return { exitCode: exitCodeOfStatus(error.status), lines: linesOf(error) };
  if (error instanceof UnreachableError) {
    const hint = /localhost|127\.0\.0\.1/.test(error.url)
      ? 'Is the local stack up ("npm start")?'
      : 'Is the address right, and the deployment running?';
    return {
      exitCode: EXIT.unreachable,
      lines: [error.message, `${hint} GPUJOBS_URL or a profile ("gpujobs profile list") says where to go.`],
    };
  }
  if (error instanceof UnexpectedAnswerError) return { exitCode: EXIT.defect, lines: [error.message] };
  if (error instanceof TerminalError) return { exitCode: EXIT.config, lines: [error.message] };
  return { exitCode: EXIT.defect, lines: [messageOf(error)] };
}

/** The same for a script that reads JSON. */
export function errorJson(error: unknown, { exitCode, lines }: Told): unknown {
  const problem = error instanceof ApiError ? error.problem : { detail: lines.join(' ') };
  return { error: problem, exitCode };
}

function linesOf({ request, problem, errors, status }: ApiError): string[] {
  if (problem.title === 'Bad query' && errors.length > 0) return errors.map(inOptions);
  const fields = errors
    .filter(({ detail }) => !problem.detail.includes(detail))
    .map((error) => `  ${placeOf(error)}${error.detail}`);
  const saysMore = !problem.title.startsWith('Status') && status !== 404;
  const detail = inCommands(problem.detail);
  const first = saysMore ? `${problem.title}: ${detail}` : detail;
  const hint =
    status === 401 || status === 403
      ? [
          `${request} needs a function key: set GPUJOBS_KEY, or "gpujobs profile add NAME --url URL --key KEY".`,
        ]
      : [];
  return [first, ...fields, ...hint];
}

/** What the API advises for its own callers, as this program's command. */
function inCommands(detail: string): string {
  return detail.replace('GET /api/schedules lists', '"gpujobs schedule list" shows');
}

/** Of a query's parameter as the option that set it. */
function inOptions({ parameter = '', detail }: ProblemError): string {
  return `${OPTIONS[parameter] ?? `--${parameter}`} ${detail}`;
}

const OPTIONS: Readonly<Record<string, string>> = {
  gpu: '--sku',
  count: '--gpu',
  memoryGb: '--memory',
  labels: '--label',
  restartPolicy: '--restart-policy',
};

/** Where in the document, or else what of the request. */
function placeOf(error: ProblemError): string {
  const place = placeInWords(error) || (error.placement ?? error.parameter ?? '');
  return place === '' ? '' : `${place}: `;
}

function exitCodeOfStatus(status: number): ExitCode {
  if (status === 401 || status === 403) return EXIT.noPermission;
  if (status === 404) return EXIT.notFound;
  if (status === 429 || status === 503) return EXIT.busy;
  return status >= 500 ? EXIT.unreachable : EXIT.refused;
}

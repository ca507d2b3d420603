// What a call of the API can end in besides an answer.
import type { Problem, ProblemError } from '../api/problem';
import { RetryableError, RunnerError, TerminalError } from '../domain/errors';

/** The API answered with an error: problem details where it gave them. */
export class ApiError extends RunnerError {
  override name = 'ApiError';
  /** HTTP status. */
  readonly status: number;
  /** What was asked, such as `POST /api/jobs`. */
  readonly request: string;
  readonly problem: Problem;

  constructor(request: string, status: number, problem: Problem) {
    super(problem.detail, { request, status });
    this.status = status;
    this.request = request;
    this.problem = problem;
  }

  /** Each wrong field, with its place. */
  get errors(): readonly ProblemError[] {
    return this.problem.errors ?? [];
  }
}

/** No answer came, or only one that means "not now", and every allowed try is used up. */
export class UnreachableError extends RetryableError {
  override name = 'UnreachableError';
  readonly url: string;

  constructor(url: string, tries: number, why: string, options?: ErrorOptions) {
    super(
      `No answer from ${url} (${tries} ${tries === 1 ? 'try' : 'tries'}): ${why}`,
      { url, tries },
      options,
    );
    this.url = url;
  }
}

/** The answer is not one that this client knows: another service lives at that address, or the versions don't fit. */
export class UnexpectedAnswerError extends TerminalError {
  override name = 'UnexpectedAnswerError';

  constructor(request: string, what: string, options?: ErrorOptions) {
    super(
      `${request} was answered with something else than the API of gpu-job-runner answers (${what}). Check the address, and that client and deployment are of the same version.`,
      { request },
      options,
    );
  }
}

// The exit codes of gpujobs; docs/cli.md has the table. BSD's sysexits where there is one for it.

export const EXIT = {
  ok: 0,
  /** `doctor` or `sweep` found something wrong; a resubmission of several was refused in part. */
  findings: 1,
  /** The command line is wrong. */
  usage: 64,
  /** The API refused what it was given: a spec, a filter, a state that forbids it. */
  refused: 65,
  /** No such job, schedule, profile or file. */
  notFound: 66,
  /** The deployment does not answer. */
  unreachable: 69,
  /** A defect: of this program, or an answer that it doesn't know. */
  defect: 70,
  /** The deployment is busy: it asked to come again later than we are willing to wait. */
  busy: 75,
  /** The key is missing or wrong. */
  noPermission: 77,
  /** The profiles or settings can't be used. */
  config: 78,
  /** With --wait or --follow, for jobs without an exit code of their own. */
  jobFailed: 120,
  jobRejected: 121,
  jobCanceled: 122,
  /** `wait --timeout`: the time is up, and a job is not over. */
  waitTimedOut: 123,
  jobTimedOut: 124,
  /** Ctrl-C; the job goes on. */
  interrupted: 130,
  /** The reader of our output went away. */
  brokenPipe: 141,
} as const;

export type ExitCode = number;

/** What `--wait` and `--follow` exit with: the program's own code where it has one that says more than the outcome. */
export function exitCodeOf(job: {
  readonly outcome?: string | undefined;
  readonly exitCode?: number | undefined;
}): ExitCode {
  switch (job.outcome) {
    case 'Succeeded':
      return EXIT.ok;
    case 'Rejected':
      return EXIT.jobRejected;
    case 'Canceled':
      return EXIT.jobCanceled;
    case 'TimedOut':
      return EXIT.jobTimedOut;
    case undefined:
    default:
      return job.exitCode === undefined || job.exitCode === 0 ? EXIT.jobFailed : job.exitCode;
  }
}

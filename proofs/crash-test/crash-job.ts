// The jobs of one round: what each runs, where it goes first, how it must end, and by which way it comes in.
import { HOST_PROCESS_IMAGE } from '../../standins/containers/known-images';
import type { Random } from '../../standins/kernel/random';
import { placementsOf, type Platform, platformOf, PLATFORMS } from './crash-placements';

export interface CrashJob {
  /** The job's name among all jobs of the run. It is its label and its idempotency key. */
  readonly name: string;
  readonly kind: ProgramKind;
  readonly door: 'queue' | 'HTTP';
  readonly exitCode: number;
  readonly spec: unknown;
}

const PROGRAM_KINDS = ['short', 'failing', 'talkative', 'long', 'loud'] as const;
type ProgramKind = (typeof PROGRAM_KINDS)[number];

/** The label by which the run finds its jobs; a job's name is its value. */
export const LABEL = 'crash-test';
/** An environment variable that every process of a program inherits. It finds the processes that were left running. */
export const ENVIRONMENT_MARK = 'GPU_JOBS_CRASH_TEST';

/** The attempts of each job. A kill between intent and create costs one; they must never run out. */
const ATTEMPTS = 20;

/**
 * Equal shares of each kind, by both ways in and to all platforms alike, in random order. `run` is the value of the
 * environment mark.
 */
export function crashJobs(run: string, round: number, count: number, random: Random): readonly CrashJob[] {
  const jobs = Array.from({ length: count }, (_, n) => ({
    name: `${run}-${round}-${n}`,
    kind: PROGRAM_KINDS[n % PROGRAM_KINDS.length] ?? 'short',
    // Each kind goes to each platform first: their numbers have no common divisor.
    first: PLATFORMS[n % PLATFORMS.length] ?? 'apps',
    place: random.next(),
  }));
  return jobs
    .sort((left, right) => left.place - right.place)
    .map((job, n) => crashJob({ ...job, run, door: n % 2 === 0 ? 'queue' : 'HTTP' }, random));
}

const CHECK_SECRETS = '[ "$TOKEN" = "of $0" ] && [ -n "$GPU_JOBS_OUTPUT_URL" ] || exit 9';

/** What the literal secrets of a run are. */
export function literalOf(run: string): RegExp {
  return new RegExp(`of ${run}-\\d+-\\d+`);
}

interface JobParts extends Pick<CrashJob, 'name' | 'kind' | 'door'> {
  readonly run: string;
  readonly first: Platform;
}

/**
 * Half of the jobs by HTTP have a secret, which a cluster keeps as an object of its own and Container Apps in the
 * definition; queue messages may carry none. They also have an address for outputs, a secret that the app makes itself.
 * Their programs end at once where they do not get their own values.
 */
function crashJob({ run, name, kind, door, first }: JobParts, random: Random): CrashJob {
  const { script, exitCode } = program(kind, random);
  const hasSecret = door === 'HTTP' && random.chance(0.5);
  const spec = {
    image: HOST_PROCESS_IMAGE,
    command: ['sh', '-c', hasSecret ? `${CHECK_SECRETS}; ${script}` : script, name],
    env: { [ENVIRONMENT_MARK]: run, ...(hasSecret ? { TOKEN: { secure: `of ${name}` } } : {}) },
    ...(hasSecret ? { outputs: { path: '/outputs' } } : {}),
    placements: placementsOf(first),
    retry: { attempts: ATTEMPTS },
    labels: { [LABEL]: name },
    name,
    idempotencyKey: name,
  };
  return { name, kind, door, exitCode, spec };
}

/** Prints no line twice, so that a check can tell every part of a log from every other. */
function program(kind: ProgramKind, random: Random): { script: string; exitCode: number } {
  switch (kind) {
    case 'short':
      return { script: printing(3, 20, 0.1), exitCode: 0 };
    case 'failing':
      return { script: `${printing(5, 20, 0.2)}; echo "$0 gives up"; exit 3`, exitCode: 3 };
    // Just less than the platform shows of an ended program's log (16 KB): no death may cost a byte of it.
    case 'talkative':
      return { script: printing(12, 1000, 0.15), exitCode: 0 };
    case 'long':
      return { script: `${printing(random.int(4, 8), 40, 0.5)}; exit 3`, exitCode: 3 };
    // More than the platform shows. If no host lives at the program's end, earlier text may be lost, and the archive
    // must say so.
    case 'loud':
      return { script: printing(20, 4000, 0.15), exitCode: 0 };
  }
}

/** A script that prints so many lines of about `bytes` bytes, one every `seconds`. */
function printing(lines: number, bytes: number, seconds: number): string {
  return `i=0; while [ $i -lt ${lines} ]; do i=$((i+1)); printf '%s line %d of ${lines} %0${bytes}d\\n' "$0" $i $i; sleep ${seconds}; done`;
}

/** Whether its log is completed afterwards, from what its platform keeps. */
export function mustBeCompleted(placement: string): boolean {
  return platformOf(placement) === 'apps';
}

/**
 * Whether the platform still shows the whole log after the program's end, so that no gap is allowed. A cluster keeps
 * the first 10 MB of a log and the stream of Container Apps its last 300 lines: no program here prints as much.
 */
export function mustBeWhole({ kind }: Pick<CrashJob, 'kind'>, placement: string): boolean {
  return kind !== 'loud' || platformOf(placement) !== 'instances';
}

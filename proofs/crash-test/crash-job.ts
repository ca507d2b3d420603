// The jobs of one round: what each runs, how it must end, and through which door it comes in.
import { HOST_PROCESS_IMAGE } from '../../standins/containers/known-images';
import type { Random } from '../../standins/kernel/random';

export interface CrashJob {
  /** Names it among all jobs of the run: label and idempotency key. */
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
/** Every process of a program inherits it: by it those that were left running are found. */
export const ENVIRONMENT_MARK = 'GPU_JOBS_CRASH_TEST';

/** So many that kills between intent and create, each of which costs an attempt, never use them up. */
const ATTEMPTS = 20;

/** Equal shares of each kind, both doors alike, in random order. `run` is the environment mark's value. */
export function crashJobs(run: string, round: number, count: number, random: Random): readonly CrashJob[] {
  const jobs = Array.from({ length: count }, (_, n) => {
    const kind = PROGRAM_KINDS[n % PROGRAM_KINDS.length] ?? 'short';
    return crashJob(run, `${run}-${round}-${n}`, kind, random);
  });
  return jobs
    .map((job) => ({ job, place: random.next() }))
    .sort((left, right) => left.place - right.place)
    .map(({ job }, n) => ({ ...job, door: n % 2 === 0 ? ('queue' as const) : ('HTTP' as const) }));
}

function crashJob(run: string, name: string, kind: ProgramKind, random: Random): CrashJob {
  const { script, exitCode } = program(kind, random);
  const spec = {
    image: HOST_PROCESS_IMAGE,
    command: ['sh', '-c', script, name],
    env: { [ENVIRONMENT_MARK]: run },
    retry: { attempts: ATTEMPTS },
    labels: { [LABEL]: name },
    name,
    idempotencyKey: name,
  };
  return { name, kind, door: 'queue', exitCode, spec };
}

/** No line is printed twice, so that the archive can tell every part of a log from every other. */
function program(kind: ProgramKind, random: Random): { script: string; exitCode: number } {
  switch (kind) {
    case 'short':
      return { script: printing(3, 20, 0.1), exitCode: 0 };
    case 'failing':
      return { script: `${printing(5, 20, 0.2)}; echo "$0 gives up"; exit 3`, exitCode: 3 };
    case 'talkative': // Just less than the platform serves of an ended program (16 KB): no death may cost a byte of it.
      return { script: printing(12, 1000, 0.15), exitCode: 0 };
    case 'long':
      return { script: `${printing(random.int(4, 8), 40, 0.5)}; exit 3`, exitCode: 3 };
    // More than that: a host that is dead at the program's end may miss what was printed before, and must say so.
    case 'loud':
      return { script: printing(20, 4000, 0.15), exitCode: 0 };
  }
}

/** So many lines of about `bytes` bytes, one every `seconds`. */
function printing(lines: number, bytes: number, seconds: number): string {
  return `i=0; while [ $i -lt ${lines} ]; do i=$((i+1)); printf '%s line %d of ${lines} %0${bytes}d\\n' "$0" $i $i; sleep ${seconds}; done`;
}

/** Whether the platform still serves the whole log when the program has ended, so that no gap is allowed. */
export function mustBeWhole({ kind }: CrashJob): boolean {
  return kind !== 'loud';
}

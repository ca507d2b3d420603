// The stand-in's own record, kept for proofs: what was asked of it, what it ran, and what is left.
import { createHash, type Hash } from 'node:crypto';

import { z } from 'zod';

const at = z.number();

/** The answer of `GET /emulator/ledger`. Times are milliseconds since the epoch; lists are in the order of events. */
export const containerAppsLedgerSchema = z.object({
  /** Every PUT of a job, refused ones too. */
  puts: z.array(z.object({ at, job: z.string(), bodySha256: z.string(), status: z.number() })),
  /** Every POST of a start, refused ones too. `status` 0: its answer was lost. */
  starts: z.array(z.object({ at, job: z.string(), status: z.number() })),
  deletes: z.array(z.object({ at, job: z.string(), status: z.number() })),
  /** Every execution that took effect, shown or not. */
  executions: z.array(
    z.object({
      job: z.string(),
      execution: z.string(),
      startedAt: at,
      endedAt: at.optional(),
      status: z.string().optional(),
    }),
  ),
  /** Every start of a program, with all that it printed. */
  programs: z.array(
    z.object({
      job: z.string(),
      execution: z.string(),
      replica: z.string(),
      container: z.string(),
      startedAt: at,
      endedAt: at.optional(),
      exitCode: z.number().optional(),
      bytes: z.number(),
      sha256: z.string(),
      /** False once the bytes were dropped to save room. Their count and hash stay. */
      kept: z.boolean(),
    }),
  ),
  /** How long each definition existed. */
  jobs: z.array(
    z.object({ job: z.string(), createdAt: at, deleteRequestedAt: at.optional(), goneAt: at.optional() }),
  ),
  /** Answered requests by method. */
  requests: z.record(z.string(), z.number()),
});
export type ContainerAppsLedger = z.infer<typeof containerAppsLedgerSchema>;

export interface ProgramEntry {
  printed(bytes: Buffer): void;
  ended(at: number, exitCode: number): void;
}

export interface JobEntry {
  deleteRequested(at: number): void;
  gone(at: number): void;
}

interface ExecutionEntry {
  ended(at: number, status: string): void;
  program(replica: string, container: string, startedAt: number): ProgramEntry;
}

export interface LedgerBook {
  put(entry: ContainerAppsLedger['puts'][number]): void;
  started(entry: ContainerAppsLedger['starts'][number]): void;
  deleted(entry: ContainerAppsLedger['deletes'][number]): void;
  request(method: string): void;
  job(job: string, createdAt: number): JobEntry;
  execution(job: string, execution: string, startedAt: number): ExecutionEntry;
  read(): ContainerAppsLedger;
  /** All that the programs of a job or of an execution printed, in the order of their starts; undefined if dropped. */
  printed(of: { readonly job: string } | { readonly execution: string }): Buffer | undefined;
}

interface Program {
  readonly job: string;
  readonly execution: string;
  readonly replica: string;
  readonly container: string;
  readonly startedAt: number;
  endedAt?: number;
  exitCode?: number;
  bytes: number;
  readonly hash: Hash;
  output: Buffer[] | undefined;
}

/** A ledger that keeps at most `keptOutputBytes` of printed bytes, those of the newest programs. */
export function createLedger(keptOutputBytes: number): LedgerBook {
  const puts: ContainerAppsLedger['puts'] = [];
  const starts: ContainerAppsLedger['starts'] = [];
  const deletes: ContainerAppsLedger['deletes'] = [];
  const jobs: ContainerAppsLedger['jobs'] = [];
  const executions: ContainerAppsLedger['executions'] = [];
  const requests: Record<string, number> = {};
  const programs: Program[] = [];
  let kept = 0;

  const keep = (program: Program, bytes: Buffer): void => {
    if (program.output === undefined) return;
    program.output.push(bytes);
    kept += bytes.length;
    for (const oldest of programs) {
      if (kept <= keptOutputBytes) return;
      if (oldest.output === undefined) continue;
      kept -= oldest.bytes;
      oldest.output = undefined;
    }
  };

  const addProgram = (
    place: Pick<Program, 'job' | 'execution' | 'replica' | 'container' | 'startedAt'>,
  ): ProgramEntry => {
    const program: Program = { ...place, bytes: 0, hash: createHash('sha256'), output: [] };
    programs.push(program);
    return {
      printed: (bytes) => {
        program.hash.update(bytes);
        program.bytes += bytes.length;
        keep(program, bytes);
      },
      ended: (time, exitCode) => {
        program.endedAt = time;
        program.exitCode = exitCode;
      },
    };
  };

  return {
    put: (entry) => void puts.push(entry),
    started: (entry) => void starts.push(entry),
    deleted: (entry) => void deletes.push(entry),
    request: (method) => {
      requests[method] = (requests[method] ?? 0) + 1;
    },
    job: (job, createdAt) => {
      const entry: ContainerAppsLedger['jobs'][number] = { job, createdAt };
      jobs.push(entry);
      return {
        deleteRequested: (time) => {
          entry.deleteRequestedAt ??= time;
        },
        gone: (time) => {
          entry.goneAt = time;
        },
      };
    },
    execution: (job, execution, startedAt) => {
      const entry: ContainerAppsLedger['executions'][number] = { job, execution, startedAt };
      executions.push(entry);
      return {
        ended: (time, status) => {
          entry.endedAt = time;
          entry.status = status;
        },
        program: (replica, container, programStartedAt) =>
          addProgram({ job, execution, replica, container, startedAt: programStartedAt }),
      };
    },
    read: () => ({
      puts: [...puts],
      starts: [...starts],
      deletes: [...deletes],
      jobs: jobs.map((job) => ({ ...job })),
      executions: executions.map((execution) => ({ ...execution })),
      requests: { ...requests },
      programs: programs.map(({ hash, output, ...program }) => ({
        ...program,
        sha256: hash.copy().digest('hex'),
        kept: output !== undefined,
      })),
    }),
    printed: (of) => {
      const chosen = programs.filter((program) =>
        'job' in of ? program.job === of.job : program.execution === of.execution,
      );
      if (chosen.some(({ output }) => output === undefined)) return undefined;
      return Buffer.concat(chosen.flatMap(({ output }) => output ?? []));
    },
  };
}

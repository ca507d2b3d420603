// What programs printed, as it could be seen from outside: counts and hashes for good, bytes while there is room.
import { createHash, type Hash } from 'node:crypto';

import { z } from 'zod';

const at = z.number();

/** What a ledger tells of each start of a program, besides whose it was. Times are milliseconds since the epoch. */
export const PROGRAM_RECORD = {
  container: z.string(),
  startedAt: at,
  endedAt: at.optional(),
  exitCode: z.number().optional(),
  bytes: z.number(),
  sha256: z.string(),
  /** False once the bytes were dropped to save room. Their count and hash stay. */
  kept: z.boolean(),
};
type ProgramRecord = z.infer<z.ZodObject<typeof PROGRAM_RECORD>>;

export interface ProgramEntry {
  printed(bytes: Buffer): void;
  ended(at: number, exitCode: number): void;
  /** So many of the first bytes can't be read any more; never fewer than before. */
  gone(bytes: number): void;
  /** Nothing was started after all: the entry goes. */
  neverRan(): void;
}

export interface ProgramBook<Owner> {
  program(owner: Owner, container: string, startedAt: number): ProgramEntry;
  /** In the order of starts; `gone` as the entry was told. */
  read(): readonly { readonly owner: Owner; readonly record: ProgramRecord; readonly gone: number }[];
  /** All that the chosen programs printed, in the order of their starts; undefined if some of it was dropped. */
  printed(isChosen: (owner: Owner, container: string) => boolean): Buffer | undefined;
}

interface Program<Owner> {
  readonly owner: Owner;
  readonly record: Omit<ProgramRecord, 'sha256' | 'kept'>;
  readonly hash: Hash;
  output: Buffer[] | undefined;
  gone: number;
}

/** Keeps at most `keptOutputBytes` of printed bytes, those of the newest programs. */
export function createProgramBook<Owner>(keptOutputBytes: number): ProgramBook<Owner> {
  const programs: Program<Owner>[] = [];
  let kept = 0;

  const dropOldest = (): void => {
    for (const program of programs) {
      if (kept <= keptOutputBytes) return;
      if (program.output === undefined) continue;
      kept -= program.record.bytes;
      program.output = undefined;
    }
  };

  return {
    program: (owner, container, startedAt) => {
      const hash = createHash('sha256');
      const record: Program<Owner>['record'] = { container, startedAt, bytes: 0 };
      const program: Program<Owner> = { owner, record, hash, output: [], gone: 0 };
      programs.push(program);
      return {
        printed: (bytes) => {
          hash.update(bytes);
          record.bytes += bytes.length;
          if (program.output === undefined) return;
          program.output.push(bytes);
          kept += bytes.length;
          dropOldest();
        },
        ended: (time, exitCode) => {
          record.endedAt = time;
          record.exitCode = exitCode;
        },
        gone: (bytes) => {
          program.gone = Math.max(program.gone, bytes);
        },
        neverRan: () => void programs.splice(programs.indexOf(program), 1),
      };
    },
    read: () =>
      programs.map(({ owner, record, hash, output, gone }) => ({
        owner,
        gone,
        record: { ...record, sha256: hash.copy().digest('hex'), kept: output !== undefined },
      })),
    printed: (isChosen) => {
      const chosen = programs.filter(({ owner, record }) => isChosen(owner, record.container));
      if (chosen.some(({ output }) => output === undefined)) return undefined;
      return Buffer.concat(chosen.flatMap(({ output }) => output ?? []));
    },
  };
}

// The emulator's own record, kept for proofs: what was asked of it and what it ran, as it could be seen from outside.
import { createHash, type Hash } from 'node:crypto';

import { z } from 'zod';

const at = z.number();

/** The answer of `GET /emulator/ledger`. Times are milliseconds since the epoch; lists are in the order of events. */
export const ledgerSchema = z.object({
  /** Every PUT of a group, refused ones too. */
  puts: z.array(
    z.object({
      at,
      resourceGroup: z.string(),
      group: z.string(),
      bodySha256: z.string(),
      status: z.number(),
    }),
  ),
  /** Every start of a program, with all that it printed. */
  programs: z.array(
    z.object({
      group: z.string(),
      resourceGroup: z.string(),
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
  /** How long each group existed for this service. */
  groups: z.array(
    z.object({
      resourceGroup: z.string(),
      group: z.string(),
      createdAt: at,
      deleteRequestedAt: at.optional(),
      goneAt: at.optional(),
    }),
  ),
  deletes: z.array(z.object({ at, resourceGroup: z.string(), group: z.string(), status: z.number() })),
  /** Answered ARM requests by method. */
  requests: z.record(z.string(), z.number()),
});
export type Ledger = z.infer<typeof ledgerSchema>;

export interface ProgramEntry {
  printed(bytes: Buffer): void;
  ended(at: number, exitCode: number): void;
}

export interface GroupEntry {
  deleteRequested(at: number): void;
  gone(at: number): void;
}

interface Program {
  readonly resourceGroup: string;
  readonly group: string;
  readonly container: string;
  readonly startedAt: number;
  endedAt?: number;
  exitCode?: number;
  bytes: number;
  readonly hash: Hash;
  output: Buffer[] | undefined;
}

export interface LedgerBook {
  put(entry: Ledger['puts'][number]): void;
  deleted(entry: Ledger['deletes'][number]): void;
  request(method: string): void;
  group(resourceGroup: string, group: string, createdAt: number): GroupEntry;
  program(resourceGroup: string, group: string, container: string, startedAt: number): ProgramEntry;
  read(): Ledger;
  /** All that the programs of this group's name printed, in the order of their starts; undefined if it was dropped. */
  printed(group: string, container?: string): Buffer | undefined;
}

/** A ledger that keeps at most `keptOutputBytes` of printed bytes, those of the newest programs. */
export function createLedger(keptOutputBytes: number): LedgerBook {
  const puts: Ledger['puts'] = [];
  const deletes: Ledger['deletes'] = [];
  const groups: Ledger['groups'] = [];
  const programs: Program[] = [];
  const requests: Record<string, number> = {};
  let kept = 0;

  const dropOldest = (): void => {
    for (const program of programs) {
      if (kept <= keptOutputBytes) return;
      if (program.output === undefined) continue;
      kept -= program.bytes;
      program.output = undefined;
    }
  };

  return {
    put: (entry) => void puts.push(entry),
    deleted: (entry) => void deletes.push(entry),
    request: (method) => {
      requests[method] = (requests[method] ?? 0) + 1;
    },
    group: (resourceGroup, group, createdAt) => {
      const entry: Ledger['groups'][number] = { resourceGroup, group, createdAt };
      groups.push(entry);
      return {
        deleteRequested: (time) => {
          entry.deleteRequestedAt ??= time;
        },
        gone: (time) => {
          entry.goneAt = time;
        },
      };
    },
    program: (resourceGroup, group, container, startedAt) => {
      const hash = createHash('sha256');
      const program: Program = { resourceGroup, group, container, startedAt, bytes: 0, hash, output: [] };
      programs.push(program);
      return {
        printed: (bytes) => {
          hash.update(bytes);
          program.bytes += bytes.length;
          if (program.output === undefined) return;
          program.output.push(bytes);
          kept += bytes.length;
          dropOldest();
        },
        ended: (time, exitCode) => {
          program.endedAt = time;
          program.exitCode = exitCode;
        },
      };
    },
    read: () => ({
      puts: [...puts],
      deletes: [...deletes],
      groups: groups.map((group) => ({ ...group })),
      requests: { ...requests },
      programs: programs.map(({ hash, output, ...program }) => ({
        ...program,
        sha256: hash.copy().digest('hex'),
        kept: output !== undefined,
      })),
    }),
    printed: (group, container) => {
      const chosen = programs.filter(
        (program) => program.group === group && (container ?? program.container) === program.container,
      );
      if (chosen.some(({ output }) => output === undefined)) return undefined;
      return Buffer.concat(chosen.flatMap(({ output }) => output ?? []));
    },
  };
}

// The emulator's own record, kept for proofs: what was asked of it and what it ran, as it could be seen from outside.
import { z } from 'zod';

import { createProgramBook, PROGRAM_RECORD, type ProgramEntry } from '../containers/program-book';

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
      ...PROGRAM_RECORD,
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

export interface GroupEntry {
  deleteRequested(at: number): void;
  gone(at: number): void;
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
  const programs = createProgramBook<{ readonly resourceGroup: string; readonly group: string }>(
    keptOutputBytes,
  );
  const requests: Record<string, number> = {};

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
    program: (resourceGroup, group, container, startedAt) =>
      programs.program({ resourceGroup, group }, container, startedAt),
    read: () => ({
      puts: [...puts],
      deletes: [...deletes],
      groups: groups.map((group) => ({ ...group })),
      requests: { ...requests },
      programs: programs.read().map(({ owner, record }) => ({ ...owner, ...record })),
    }),
    printed: (group, container) =>
      programs.printed((owner, of) => owner.group === group && (container ?? of) === of),
  };
}

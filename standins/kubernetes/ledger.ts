// The cluster's own record of what it ran and kept: what a stranger could have seen, kept for proofs.
import { createHash, type Hash } from 'node:crypto';

import { z } from 'zod';

import type { Change } from './store/change';

const at = z.number();

/** The answer of `GET /emulator/ledger`. Times are milliseconds since the epoch; lists are in the order of events. */
export const ledgerSchema = z.object({
  /** Every start of a program, with all that it printed. */
  programs: z.array(
    z.object({
      namespace: z.string(),
      pod: z.string(),
      podUid: z.string(),
      /** The Job that the pod belongs to. */
      job: z.string().optional(),
      container: z.string(),
      startedAt: at,
      endedAt: at.optional(),
      exitCode: z.number().optional(),
      bytes: z.number(),
      sha256: z.string(),
      /** False once the bytes were dropped for room; count and hash stay. */
      kept: z.boolean(),
    }),
  ),
  /** How long each Job, pod and Secret existed. */
  objects: z.array(
    z.object({
      resource: z.string(),
      namespace: z.string(),
      name: z.string(),
      uid: z.string(),
      createdAt: at,
      deleteRequestedAt: at.optional(),
      goneAt: at.optional(),
    }),
  ),
});
export type Ledger = z.infer<typeof ledgerSchema>;

interface ProgramEntry {
  printed(bytes: Buffer): void;
  ended(at: number, exitCode: number): void;
  /** Nothing was started after all: the entry goes. */
  neverRan(): void;
}

/** Whose program it is: a pod's metadata. */
interface ProgramOwner {
  readonly name: string;
  readonly uid: string;
  readonly namespace?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

interface Program {
  readonly owner: ProgramOwner;
  readonly container: string;
  readonly startedAt: number;
  endedAt?: number;
  exitCode?: number;
  bytes: number;
  readonly hash: Hash;
  output: Buffer[] | undefined;
}

export interface LedgerBook {
  program(owner: ProgramOwner, container: string, startedAt: number): ProgramEntry;
  /** A write to the store, at that time. */
  changed(change: Change, at: number): void;
  read(): Ledger;
  /** All that this pod's programs, or those of this Job, printed, in the order of starts; undefined when dropped. */
  printed(of: { readonly pod: string } | { readonly job: string }): Buffer | undefined;
}

const JOB_NAME = 'batch.kubernetes.io/job-name';
const KEPT_RESOURCES = ['jobs.batch', 'pods', 'secrets'];

/** Keeps at most `keptOutputBytes` of printed bytes, the newest programs'. */
export function createLedger(keptOutputBytes: number): LedgerBook {
  const programs: Program[] = [];
  const objects = new Map<string, Ledger['objects'][number]>();
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
    program: (owner, container, startedAt) => {
      const hash = createHash('sha256');
      const program: Program = { owner, container, startedAt, bytes: 0, hash, output: [] };
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
        neverRan: () => void programs.splice(programs.indexOf(program), 1),
      };
    },
    changed: ({ type, resource, object }, time) => {
      if (!KEPT_RESOURCES.includes(resource)) return;
      const { uid, name, namespace = '', deletionTimestamp } = object.metadata;
      const entry = objects.get(uid) ?? { resource, namespace, name, uid, createdAt: time };
      objects.set(uid, entry);
      if (deletionTimestamp !== undefined || type === 'DELETED') entry.deleteRequestedAt ??= time;
      if (type === 'DELETED') entry.goneAt = time;
    },
    read: () => ({
      programs: programs.map(({ owner, hash, output, ...program }) => {
        const job = owner.labels?.[JOB_NAME];
        return {
          namespace: owner.namespace ?? '',
          pod: owner.name,
          podUid: owner.uid,
          ...(job !== undefined && { job }),
          ...program,
          sha256: hash.copy().digest('hex'),
          kept: output !== undefined,
        };
      }),
      objects: [...objects.values()].map((object) => ({ ...object })),
    }),
    printed: (of) => {
      const chosen = programs.filter(({ owner }) =>
        'pod' in of ? owner.name === of.pod : owner.labels?.[JOB_NAME] === of.job,
      );
      if (chosen.some(({ output }) => output === undefined)) return undefined;
      return Buffer.concat(chosen.flatMap(({ output }) => output ?? []));
    },
  };
}

// The cluster's own record of what it ran and kept: what a stranger could have seen, kept for proofs.
import { z } from 'zod';

import { createProgramBook, PROGRAM_RECORD, type ProgramEntry } from '../containers/program-book';
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
      ...PROGRAM_RECORD,
      /** So many of the first bytes can't be read any more: their files were rotated away, or removed. */
      gone: z.number(),
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

/** Whose program it is: a pod's metadata. */
interface ProgramOwner {
  readonly name: string;
  readonly uid: string;
  readonly namespace?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
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
  const programs = createProgramBook<ProgramOwner>(keptOutputBytes);
  const objects = new Map<string, Ledger['objects'][number]>();

  return {
    program: (owner, container, startedAt) => programs.program(owner, container, startedAt),
    changed: ({ type, resource, object }, time) => {
      if (!KEPT_RESOURCES.includes(resource)) return;
      const { uid, name, namespace = '', deletionTimestamp } = object.metadata;
      const entry = objects.get(uid) ?? { resource, namespace, name, uid, createdAt: time };
      objects.set(uid, entry);
      if (deletionTimestamp !== undefined || type === 'DELETED') entry.deleteRequestedAt ??= time;
      if (type === 'DELETED') entry.goneAt = time;
    },
    read: () => ({
      programs: programs.read().map(({ owner, record, gone }) => {
        const job = owner.labels?.[JOB_NAME];
        return {
          namespace: owner.namespace ?? '',
          pod: owner.name,
          podUid: owner.uid,
          ...(job !== undefined && { job }),
          ...record,
          gone,
        };
      }),
      objects: [...objects.values()].map((object) => ({ ...object })),
    }),
    printed: (of) =>
      programs.printed((owner) =>
        'pod' in of ? owner.name === of.pod : owner.labels?.[JOB_NAME] === of.job,
      ),
  };
}

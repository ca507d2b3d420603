// What outlives every host of one deployment: its tables, blobs and queues, in memory.
import type { HintStore } from '../../../domain/ports/hint-store';
import type { JobStore } from '../../../domain/ports/job-store';
import type { MessageQueue } from '../../../domain/ports/message-queue';
import type { PlacementStore } from '../../../domain/ports/placement-store';
import {
  MemoryHeldSecrets,
  MemoryRejectedStore,
  MemoryResultStore,
  MemorySpecStore,
} from '../../../test/support/memory/memory-blob-stores';
import { MemoryControlStore } from '../../../test/support/memory/memory-control-store';
import { MemoryGroupStore } from '../../../test/support/memory/memory-group-store';
import { MemoryHintStore } from '../../../test/support/memory/memory-hint-store';
import { MemoryJobLists } from '../../../test/support/memory/memory-job-lists';
import { MemoryJobStore } from '../../../test/support/memory/memory-job-store';
import { MemoryOwnerStore } from '../../../test/support/memory/memory-owner-store';
import { MemoryPlacementStore } from '../../../test/support/memory/memory-placement-store';
import { MemoryScheduleStore } from '../../../test/support/memory/memory-schedule-store';
import { MemoryLogBlobs } from '../../../test/support/memory-log-blobs';
import { HintsSeen } from '../seen/hints-seen';
import { LooksSeen } from '../seen/looks-seen';
import { PlacementsSeen } from '../seen/placements-seen';
import { type OnChange, RowsSeen } from '../seen/rows-seen';
import type { World } from './world';

export interface Stores {
  readonly rows: RowsSeen;
  readonly jobs: JobStore;
  readonly lists: MemoryJobLists;
  readonly owner: MemoryOwnerStore;
  readonly left: HintsSeen;
  readonly hints: HintStore;
  readonly groups: MemoryGroupStore;
  readonly held: PlacementsSeen;
  readonly looks: LooksSeen;
  readonly placementRows: PlacementStore;
  readonly schedules: MemoryScheduleStore;
  readonly control: MemoryControlStore;
  readonly specs: MemorySpecStore;
  readonly heldSecrets: MemoryHeldSecrets;
  readonly results: MemoryResultStore;
  readonly rejected: MemoryRejectedStore;
  readonly logBlobs: MemoryLogBlobs;
  readonly kicks: MessageQueue;
  readonly events: MessageQueue;
}

export interface StoreListeners {
  readonly onChange: OnChange;
  readonly onKick: (text: string, delayMs: number) => void;
  readonly onEvent: (text: string) => void;
  /** Called between the hint of a next attempt and its row. */
  readonly onRequeue: () => Promise<void>;
  /** Called when a place was given back. */
  readonly onFreed: (name: string) => void;
}

export function createStores(world: World, listeners: StoreListeners): Stores {
  const rows = new RowsSeen(listeners.onChange);
  const held = new PlacementsSeen(listeners.onFreed);
  const left = new HintsSeen(rows, listeners.onRequeue);
  return {
    rows,
    jobs: rows.watch(new MemoryJobStore()),
    lists: new MemoryJobLists(),
    owner: new MemoryOwnerStore({}, (size) => Buffer.from(world.random.hex(size * 2), 'hex')),
    left,
    hints: left.watch(new MemoryHintStore(() => world.now())),
    groups: new MemoryGroupStore(),
    held,
    looks: new LooksSeen(),
    placementRows: held.watch(new MemoryPlacementStore()),
    schedules: new MemoryScheduleStore(),
    control: new MemoryControlStore(),
    specs: new MemorySpecStore(),
    heldSecrets: new MemoryHeldSecrets(() => world.now()),
    results: new MemoryResultStore(),
    rejected: new MemoryRejectedStore(),
    logBlobs: new MemoryLogBlobs(),
    kicks: {
      send: (text, options) => {
        listeners.onKick(text, (options?.delaySeconds ?? 0) * 1000);
        return Promise.resolve();
      },
    },
    events: {
      send: (text) => {
        listeners.onEvent(text);
        return Promise.resolve();
      },
    },
  };
}

// The in-memory stores keep the same contracts as the real ones. So what is tested or simulated on them holds for those
// too.
import {
  MemoryHeldSecrets,
  MemoryRejectedStore,
  MemoryResultStore,
  MemorySpecStore,
} from '../support/memory/memory-blob-stores';
import { MemoryControlStore } from '../support/memory/memory-control-store';
import { MemoryGroupStore } from '../support/memory/memory-group-store';
import { MemoryHintStore } from '../support/memory/memory-hint-store';
import { MemoryJobLists } from '../support/memory/memory-job-lists';
import { MemoryJobStore } from '../support/memory/memory-job-store';
import { MemoryMessageQueue } from '../support/memory/memory-message-queue';
import { MemoryOwnerStore, type OwnerRow } from '../support/memory/memory-owner-store';
import { MemoryPlacementStore } from '../support/memory/memory-placement-store';
import { MemoryScheduleStore } from '../support/memory/memory-schedule-store';
import { MemoryUnhandledMessages } from '../support/memory/memory-unhandled-messages';
import {
  describeHeldSecrets,
  describeRejectedStore,
  describeResultStore,
  describeSpecStore,
} from './blob-stores';
import { describeControlStore } from './control-store';
import { describeGroupStore } from './group-store';
import { describeHintStore } from './hint-store';
import { describeJobLists } from './job-lists';
import { describeJobStore } from './job-store';
import { describeMessageQueue } from './message-queue';
import { describeOwnerStore } from './owner-store';
import { describePlacementStore } from './placement-store';
import { describeScheduleStore } from './schedule-store';
import { describeUnhandledMessages } from './unhandled-messages';

describeJobStore('memory', () => new MemoryJobStore());
describeGroupStore('memory', () => new MemoryGroupStore());
describeHintStore('memory', () => new MemoryHintStore());
describeJobLists('memory', () => new MemoryJobLists());
describePlacementStore('memory', () => new MemoryPlacementStore());
describeControlStore('memory', () => new MemoryControlStore());
describeScheduleStore('memory', () => new MemoryScheduleStore());
describeOwnerStore('memory', () => {
  const row: OwnerRow = {};
  return (randomBytes) => new MemoryOwnerStore(row, randomBytes);
});
describeSpecStore('memory', () => new MemorySpecStore());
describeHeldSecrets('memory', () => new MemoryHeldSecrets());
describeResultStore('memory', () => {
  const store = new MemoryResultStore();
  return { store, read: (jobId) => Promise.resolve(Buffer.from(JSON.stringify(store.recordOf(jobId)))) };
});
describeRejectedStore('memory', () => {
  const store = new MemoryRejectedStore();
  return { store, read: (jobId) => Promise.resolve(store.bytesOf(jobId)) };
});
describeMessageQueue('memory', () => {
  const queue = new MemoryMessageQueue(() => 0);
  return {
    queue,
    visible: () => Promise.resolve(queue.visible()),
    count: () => Promise.resolve(queue.sent.length),
  };
});
describeUnhandledMessages('memory', () => {
  const messages = new MemoryUnhandledMessages();
  let added = 0;
  return {
    messages,
    add: (text) => {
      messages.add(`message ${String((added += 1))}`, text);
      return Promise.resolve();
    },
    count: () => Promise.resolve(messages.count()),
  };
});

// Measures the time from sending a queue message to the create of its container group, on an idle stack.
import { setTimeout as sleep } from 'node:timers/promises';

import { QueueClient } from '@azure/storage-queue';

import { HOST_PROCESS_IMAGE } from '../../standins/containers/known-images';
import { readLedger } from '../../standins/stack/emulator-view';
import { createJobsApi, type JobsApi } from '../../standins/stack/jobs-api';
import type { Stack } from '../../standins/stack/stack';

/** How long no work comes before the next message, milliseconds: longer than the longest pause of any poller. */
const IDLE_MS = 1000;

/** One measurement a message, milliseconds. The emulator's times and ours come from one machine's clock. */
export async function measureQueueToCreate(stack: Stack, messages: number): Promise<readonly number[]> {
  const api = createJobsApi(stack.functionsUrl);
  const queue = new QueueClient(stack.storageConnectionString, 'gpu-jobs');
  const measured: number[] = [];
  for (let message = 0; message < messages; message += 1) {
    await sleep(IDLE_MS);
    const name = `bench-${message}`;
    const sentAt = Date.now();
    await queue.sendMessage(JSON.stringify({ name, image: HOST_PROCESS_IMAGE, command: ['true'] }));
    const id = await goneJob(api, name);
    const put = (await readLedger(stack.emulatorUrl)).puts.find(({ group }) => group === `${id}-1`);
    if (put === undefined) throw new Error(`The emulator's ledger has no create of ${id}-1.`);
    measured.push(put.at - sentAt);
  }
  return measured;
}

/** The id of the job of this name, once it is over and its group gone. */
async function goneJob(api: JobsApi, name: string): Promise<string> {
  for (;;) {
    const job = (await api.list()).find((candidate) => candidate.name === name);
    if (job?.outcome !== undefined && job.cleanup === 'gone') return job.id;
    await sleep(100);
  }
}

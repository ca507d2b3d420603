// What is counted of an idle deployment: requests by what Azure bills alike, and the host's polling by its settings.
import { request } from 'node:http';

import { taskHubPolling, triggerPolling } from '../../../proofs/idle-costs/host-polling';
import { countRequests, times } from '../../../proofs/idle-costs/storage-counts';
import { serve } from '../../../standins/wire/node-server';

const POLLING = { partitions: 4, hubPollS: 5, triggerPollS: 2, triggerQueues: 2 };

async function answering(): Promise<{ origin: string; close(): Promise<void> }> {
  return serve(() => ({ status: 200, headers: {}, body: Buffer.alloc(0) }), {
    port: 0,
    onError: (error) => {
      throw error;
    },
  });
}

function send(url: string, method: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { method }, (response) => response.resume().once('end', resolve))
      .once('error', reject)
      .end();
  });
}

test('requests are counted by service, writes of blobs apart, and others not at all', async () => {
  const [blob, queue, table, other] = await Promise.all([answering(), answering(), answering(), answering()]);
  try {
    const addresses = {
      blobEndpoint: `${blob.origin}/a`,
      queueEndpoint: `${queue.origin}/a`,
      tableEndpoint: `${table.origin}/a`,
    };
    const counts = await countRequests(addresses, async () => {
      await send(`${blob.origin}/a/c/b`, 'PUT');
      await send(`${blob.origin}/a/c/b`, 'GET');
      await send(`${blob.origin}/a/c/b`, 'DELETE');
      await send(`${queue.origin}/a/q/messages`, 'GET');
      await send(`${table.origin}/a/t`, 'POST');
      await send(`${other.origin}/subscriptions`, 'GET');
    });
    expect(counts).toEqual({ tables: 1, queues: 1, 'blob writes': 1, 'other blob calls': 2 });
    expect(times(counts, 3)).toEqual({ tables: 3, queues: 3, 'blob writes': 3, 'other blob calls': 6 });
  } finally {
    await Promise.all([blob, queue, table, other].map((server) => server.close()));
  }
});

test('an instance of the task hub polls each control queue and the queue of work items, and renews each lease', () => {
  expect(taskHubPolling(POLLING, 60)).toMatchObject({ queues: 60, 'other blob calls': 24, tables: 0 });
});

test('the queues of triggers are polled at most as often as host.json says', () => {
  expect(triggerPolling(POLLING, 60)).toMatchObject({ queues: 60, 'other blob calls': 0 });
});

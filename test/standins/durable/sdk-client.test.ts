// The genuine SDK's client over HTTP against the management API.
import { isDeepStrictEqual } from 'node:util';

import { HttpRequest, InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';

import { createDurableEngine, type DurableEngine } from '../../../standins/durable/engine';
import { createMemoryJournal } from '../../../standins/kernel/memory-journal';
import { systemTimers } from '../../../standins/kernel/timers';
import { type RunningServer, serve } from '../../../standins/wire/node-server';
import { type Story, storyInvoker } from './story';

const story: Story = function* (input) {
  const came = yield { event: 'go' };
  return { input, came };
};

let server: RunningServer;
let engine: DurableEngine;
let client: df.DurableClient;

beforeAll(async () => {
  let ids = 0;
  engine = createDurableEngine({
    journal: createMemoryJournal(),
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    timers: systemTimers,
    newId: () => String(++ids).padStart(32, '0'),
    invoker: storyInvoker({ story }, {}),
    hubName: 'Test',
    log: () => undefined,
  });
  await engine.start();
  server = await serve((request) => engine.managementApi(request), {
    port: 0,
    onError: (error) => {
      throw error;
    },
  });
  const input = df.input.durableClient();
  const context = new InvocationContext({
    options: { extraInputs: [input], extraOutputs: [], trigger: { type: 't', name: 't' } },
  });
  context.extraInputs.set(input, JSON.parse(engine.clientBinding(server.origin)));
  client = df.getClient(context);
});

afterAll(async () => {
  await server.close();
  await engine.stop();
});

it('starts, watches, signals, lists and purges', async () => {
  const id = await client.startNew('story', { instanceId: 'with space', input: { a: 1 } });
  expect(id).toBe('with space');
  await expect(client.startNew('story', { instanceId: 'with space' })).rejects.toThrow(/500/);
  await client.raiseEvent(id, 'go', { b: 2 });
  const request = new HttpRequest({ method: 'GET', url: `${server.origin}/api/x` });
  const response = await client.waitForCompletionOrCreateCheckStatusResponse(request, id, {
    timeoutInMilliseconds: 5_000,
    retryIntervalInMilliseconds: 20,
  });
  expect(response.status).toBe(200);
  const status = await client.getStatus(id);
  expect(status).toMatchObject({ runtimeStatus: 'Completed', output: { input: { a: 1 }, came: { b: 2 } } });
  await client.raiseEvent(id, 'go', 1);
  expect((await client.getStatusAll()).map(({ instanceId }) => instanceId)).toEqual([id]);
  expect(await client.purgeInstanceHistory(id)).toEqual({ instancesDeleted: 1 });
  await expect(client.getStatus(id)).rejects.toThrow(/404/);
});

it('suspends, resumes and terminates', async () => {
  const id = await client.startNew('story');
  await until(id, 'Running');
  await client.suspend(id, 'a pause');
  await until(id, 'Suspended');
  await client.resume(id, 'go on');
  await until(id, 'Running');
  await client.terminate(id, 'enough');
  expect(await until(id, 'Terminated')).toMatchObject({ input: '', output: 'enough' });
  await client.terminate(id, 'twice');
});

async function until(id: string, status: string): Promise<df.DurableOrchestrationStatus> {
  for (;;) {
    const found = await client.getStatus(id);
    if (isDeepStrictEqual(found.runtimeStatus, status)) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

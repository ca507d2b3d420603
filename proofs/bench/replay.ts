// Runs a job of many polls in virtual time and measures how long each replay of its story takes and how large its
// history gets.
import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';

import { RUN_ATTEMPT } from '../../orchestrations/activity-contract';
import { createDurableEngine } from '../../standins/durable/engine';
import { createFunctionRunner } from '../../standins/functions-host/app/function-runner';
import { loadApp } from '../../standins/functions-host/app/load-app';
import { createDurableInvoker } from '../../standins/functions-host/durable-functions';
import { createMemoryJournal } from '../../standins/kernel/memory-journal';
import { createVirtualTime } from '../../standins/kernel/virtual-time';
import { REPOSITORY_ROOT } from '../../standins/stack/repository-root';
import { createStoryMeter, type StoryMeasure } from './story-meter';

/** The longest interval between two polls, which a long job reaches (README, Settings: 60 s). */
const POLL_EVERY_MS = 60_000;

/**
 * Runs the app's own story on the local engine, with its activities answered by a script: one create, `polls` looks a
 * minute apart, the ending. The app's settings must be in `process.env`.
 */
export async function measureReplay(polls: number): Promise<StoryMeasure> {
  const time = createVirtualTime(Date.now());
  const app = await loadApp(REPOSITORY_ROOT);
  const runner = createFunctionRunner({
    app,
    clock: time.clock,
    log: () => undefined,
    newInvocationId: randomUUID,
    durableClient: () => '{}',
  });
  const meter = createStoryMeter(createDurableInvoker(app.functions, runner), polls, POLL_EVERY_MS);
  const engine = createDurableEngine({
    journal: createMemoryJournal(),
    clock: time.clock,
    timers: time.timers,
    newId: () => randomUUID().replaceAll('-', ''),
    invoker: meter.invoker,
    hubName: 'Bench',
    log: () => undefined,
  });
  await engine.start();
  const instance = 'jbench-1-1';
  const started = await engine.managementApi({
    method: 'POST',
    url: new URL(
      `http://127.0.0.1/runtime/webhooks/durabletask/orchestrators/${RUN_ATTEMPT}/${instance}?code=local`,
    ),
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ jobId: 'jbench', attempt: 1, epoch: 1 })),
  });
  if (started.status >= 300) throw new Error(`The story was not started: ${started.status}.`);
  while (!meter.isOver()) {
    await turn();
    const due = time.nextAt();
    if (due !== undefined && !meter.isBusy()) time.runNext(due);
  }
  await engine.stop();
  await app.close();
  return meter.measure();
}

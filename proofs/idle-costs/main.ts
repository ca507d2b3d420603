// `npm run idle-costs [-- --ticks N]`: counts what a deployment without jobs asks of its storage in a month. The app's
// own minute tick is measured through the genuine SDKs on Azurite; the host's polling is reckoned from host.json.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { z } from 'zod';

import { createServices } from '../../app/services';
import type { OrchestrationStarter } from '../../domain/ports/orchestration-starter';
import { tickParts } from '../../jobs/sweep/tick-parts';
import { timeSpan } from '../../standins/functions-host/timers/time-span';
import { REPOSITORY_ROOT } from '../../standins/stack/repository-root';
import { serve } from '../../standins/wire/node-server';
import { setStage } from '../../test/standins/aci/support';
import { startAzurite } from '../../test/support/azurite';
import { RESOURCE_GROUP, SUBSCRIPTION, testPlacement } from '../../test/support/placements';
import { type PollingSettings, taskHubPolling, triggerPolling } from './host-polling';
import { BILLED, countRequests, type StorageCounts, times } from './storage-counts';

/** The first ticks make the tables and learn the quotas. */
const WARM_UP = 3;
const TICKS_A_MONTH = 30 * 24 * 60;
const SECONDS_A_MONTH = TICKS_A_MONTH * 60;
/** The queues of jobs and of kicks (functions/queues). */
const TRIGGER_QUEUES = 2;

const hostJson = z.object({
  extensions: z.object({
    queues: z.object({ maxPollingInterval: timeSpan }),
    durableTask: z.object({
      storageProvider: z.object({ partitionCount: z.number(), maxQueuePollingInterval: timeSpan }),
    }),
  }),
});

async function main(ticks: number): Promise<void> {
  print(['requests in 30 days', ...BILLED]);
  tell('the tick of each minute', times(await countTicks(ticks), TICKS_A_MONTH / ticks));
  const polling = await pollingSettings();
  tell('the task hub, one instance', taskHubPolling(polling, SECONDS_A_MONTH));
  tell("the triggers' queues, at most", triggerPolling(polling, SECONDS_A_MONTH));
}

/** As functions/timers/tick.ts runs them, of an app that has one placement and no job. */
async function countTicks(ticks: number): Promise<StorageCounts> {
  const azurite = await startAzurite();
  const stage = setStage();
  const arm = await serve((request) => stage.emulator.handle(request), { port: 0, onError: fail });
  try {
    const services = createServices({
      AzureWebJobsStorage: azurite.connectionString,
      GPU_JOBS_ARM_ENDPOINT: arm.origin,
      GPU_JOBS_PLACEMENTS: JSON.stringify([
        testPlacement({ name: 'here', subscriptionId: SUBSCRIPTION, resourceGroup: RESOURCE_GROUP }),
      ]),
    });
    const ports = {
      ...services,
      // The stand-in's time: a minute passes between two ticks, whatever they take.
      clock: { now: stage.now, monotonic: stage.now },
      starter: noStory,
      log: { info: () => undefined, warn: fail, error: fail },
    };
    const tick = async (): Promise<void> => {
      stage.advance(60_000);
      await services.unhandled.receive();
      for (const part of tickParts()) await part(ports);
    };
    for (let n = 0; n < WARM_UP; n += 1) await tick();
    return await countRequests(azurite, async () => {
      for (let n = 0; n < ticks; n += 1) await tick();
    });
  } finally {
    await arm.close();
    await stage.emulator.close();
    await azurite.stop();
  }
}

async function pollingSettings(): Promise<PollingSettings> {
  const text = await readFile(join(REPOSITORY_ROOT, 'host.json'), 'utf8');
  const { queues, durableTask } = hostJson.parse(JSON.parse(text)).extensions;
  return {
    partitions: durableTask.storageProvider.partitionCount,
    hubPollS: durableTask.storageProvider.maxQueuePollingInterval / 1000,
    triggerPollS: queues.maxPollingInterval / 1000,
    triggerQueues: TRIGGER_QUEUES,
  };
}

/** Where nothing is to do, no story is asked for. */
const noStory: OrchestrationStarter = {
  start: () => fail('a story was started'),
  status: () => fail('a story was looked at'),
  wake: () => fail('a story was woken'),
};

function fail(what: unknown): never {
  throw new Error(`The idle tick is not idle: ${String(what)}`);
}

function tell(what: string, counts: StorageCounts): void {
  print([what, ...BILLED.map((billed) => String(Math.round(counts[billed])))]);
}

function print([first = '', ...cells]: readonly string[]): void {
  process.stdout.write(`${first.padEnd(32)}${cells.map((cell) => cell.padStart(18)).join('')}\n`);
}

main(Number(parseArgs({ options: { ticks: { type: 'string', default: '10' } } }).values.ticks)).catch(
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  },
);

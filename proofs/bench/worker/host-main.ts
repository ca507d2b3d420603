// A functions host whose app runs in a process of its own: the folder BENCH_APP has the app. Once the first submission
// is answered and the first activity has finished, it writes the processor times into the file BENCH_TIMES.
import { writeFileSync } from 'node:fs';

import { ADVANCE_ATTEMPT } from '../../../orchestrations/activity-contract';
import { createDurableEngine } from '../../../standins/durable/engine';
import { startHost } from '../../../standins/functions-host/host';
import { readHostSettings } from '../../../standins/functions-host/host-settings';
import { systemClock } from '../../../standins/kernel/clock';
import { systemTimers } from '../../../standins/kernel/timers';
import { startAppInWorker } from './app-in-worker';
import { processorMs } from './processor-time';
import type { StartTimes } from './start-times';

const LOOK_EVERY_MS = 5;

void main();

async function main(): Promise<void> {
  const { BENCH_APP: root = '', BENCH_TIMES: file = '' } = process.env;
  const host = await startHost({
    ...readHostSettings(['--root', root], process.env, process.cwd()),
    environment: process.env,
    clock: systemClock,
    timers: systemTimers,
    log: ({ level, message }) => {
      if (level === 'error') process.stderr.write(`${message}\n`);
    },
    createEngine: createDurableEngine,
    loadApp: async (folder, { log }) => {
      const app = await startAppInWorker(folder, log);
      const look = setInterval(() => {
        const { beforeMs, loadedMs, firstMs } = app.times;
        const [submitMs, activityMs] = [firstMs.get('submitJob'), firstMs.get(ADVANCE_ATTEMPT)];
        if (submitMs === undefined || activityMs === undefined) return;
        clearInterval(look);
        const times: StartTimes = { beforeMs, loadedMs, submitMs, activityMs, hostMs: processorMs() };
        writeFileSync(file, JSON.stringify(times));
      }, LOOK_EVERY_MS);
      return app;
    },
  });
  process.on('SIGTERM', () => {
    void host.stop(0).then(() => process.exit(0));
  });
  process.stdout.write(`${JSON.stringify({ ready: 'functions-host', url: host.url })}\n`);
}

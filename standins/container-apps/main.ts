// The stand-in as a process: `node dist/standins/container-apps/main.js`. One line of JSON on standard output says that
// it is ready.
import { randomInt, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { createProcessRuntime } from '../containers/process';
import { createVolumeFolders } from '../containers/volume-folders';
import { LOCAL_ACCOUNT, LOCAL_ACCOUNT_KEY, makeLocalShares } from '../files/local-account';
import { systemClock } from '../kernel/clock';
import { createRandom } from '../kernel/random';
import { systemTimers } from '../kernel/timers';
import { serve } from '../wire/node-server';
import { environmentId } from './environments/environment-store';
import { LOCAL_ENVIRONMENT } from './local-environment';
import { readProcessSettings } from './process-settings';
import { randomNames } from './random-names';
import { createContainerApps } from './stand-in';

/** Seeds of the generator of names go up to this. */
const SEEDS = 2 ** 32;

async function main(): Promise<void> {
  const settings = readProcessSettings(process.env);
  const runtime = createProcessRuntime({
    builtRoot: join(__dirname, '../..'),
    stopGraceMs: settings.stopGraceMs,
    addedImages: settings.addedImages,
    unstartable: settings.unstartable,
    onHostProcess: ({ groupName }) =>
      tell(`replica ${groupName} runs its command on this machine itself, with its programs and files`),
  });
  let ownOrigin = '';
  const standIn = createContainerApps({
    clock: systemClock,
    timers: systemTimers,
    newId: randomUUID,
    names: randomNames(createRandom(randomInt(SEEDS)), randomUUID),
    runtime,
    volumeFolders: createVolumeFolders({
      shares: resolve(await makeLocalShares(settings.stateFolder)),
      keys: { [LOCAL_ACCOUNT]: LOCAL_ACCOUNT_KEY },
      scratch: tmpdir(),
    }),
    settings: settings.containerApps,
    // As Azure serves them: in a domain of their own, by whichever address Resource Manager was asked.
    streamOrigin: () => ownOrigin,
  });
  const server = await serve(standIn.handle, {
    port: settings.port,
    behindProxy: true,
    onError: (error, request) =>
      tell(
        `${request.method} ${request.url.pathname} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      ),
  });
  ownOrigin = server.origin;
  const shutDown = (): void => {
    // Clients' open connections would keep the server alive, so nothing waits for its close.
    void standIn.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', shutDown);
  process.once('SIGINT', shutDown);
  process.stdout.write(
    `${JSON.stringify({ ready: 'container-apps', url: server.origin, environment: environmentId(LOCAL_ENVIRONMENT) })}\n`,
  );
}

function tell(what: string): void {
  process.stderr.write(`container-apps: ${what}\n`);
}

main().catch((error: unknown) => {
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

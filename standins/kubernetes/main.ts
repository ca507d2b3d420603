// The cluster as a process: `node dist/standins/kubernetes/main.js`. One line of JSON on standard output says that it
// is ready.
import { randomInt, randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';

import { createProcessRuntime } from '../containers/process';
import { makeLocalShares } from '../files/local-account';
import { systemClock } from '../kernel/clock';
import { createRandom } from '../kernel/random';
import { systemTimers } from '../kernel/timers';
import { keptCertificate } from '../tls/kept-certificate';
import { serve } from '../wire/node-server';
import { keepKubeconfig, keptToken } from './kept-kubeconfig';
import { LOCAL_OBJECTS, LOCAL_WORKLOAD_IDENTITY, localUser } from './local-cluster';
import { readProcessSettings } from './process-settings';
import { DEFAULT_KUBERNETES_SETTINGS } from './settings';
import { createKubernetesStandIn } from './stand-in';
import { createNodeDisk } from './volumes/node-disk';

/** Seeds of the generator of name suffixes go up to this. */
const SEEDS = 2 ** 32;

async function main(): Promise<void> {
  const settings = readProcessSettings(process.env);
  const runtime = createProcessRuntime({
    builtRoot: join(__dirname, '../..'),
    stopGraceMs: settings.stopGraceMs,
    addedImages: settings.addedImages,
    unstartable: settings.unstartable,
    onHostProcess: ({ groupName }) =>
      tell(`pod ${groupName} runs its command on this machine itself, with its programs and files`),
  });
  const shares = await makeLocalShares(resolve(settings.stateFolder));
  const token = await keptToken(settings.kubeconfigFile);
  const cluster = createKubernetesStandIn({
    clock: systemClock,
    timers: systemTimers,
    random: createRandom(randomInt(SEEDS)),
    newId: randomUUID,
    runtime,
    disk: createNodeDisk(resolve(settings.stateFolder, 'kubernetes'), shares),
    settings: {
      ...DEFAULT_KUBERNETES_SETTINGS,
      users: [localUser(token)],
      objects: LOCAL_OBJECTS,
      workloadIdentity: LOCAL_WORKLOAD_IDENTITY,
      life: settings.life,
    },
  });
  const certificate = await keptCertificate(settings.stateFolder, new Date(systemClock.now()));
  const server = await serve(cluster.handle, {
    port: settings.port,
    tls: certificate,
    plainToo: true, // What looks at the ledger from outside needs no certificate.
    onError: (error, request) =>
      tell(
        `${request.method} ${request.url.pathname} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      ),
  });
  await keepKubeconfig(settings.kubeconfigFile, server.origin, token, certificate.authority);
  const shutDown = (): void => {
    void server.close(); // Connections that are kept open end with the process.
    void cluster.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', shutDown);
  process.once('SIGINT', shutDown);
  process.stdout.write(
    `${JSON.stringify({ ready: 'kubernetes', url: `http://127.0.0.1:${server.port}`, kubeconfig: settings.kubeconfigFile })}\n`,
  );
}

function tell(what: string): void {
  process.stderr.write(`kubernetes: ${what}\n`);
}

main().catch((error: unknown) => {
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

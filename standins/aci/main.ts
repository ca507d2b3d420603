// The emulator as a process, together with what stands before it in Azure: `node dist/standins/aci/main.js`. One line
// of JSON on standard output says that it is ready.
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { LOCAL_RESOURCE_GROUP, LOCAL_SUBSCRIPTION } from '../arm/local-scope';
import { createStandIn } from '../arm/stand-in';
import { createProcessRuntime } from '../containers/process';
import { createVolumeFolders } from '../containers/volume-folders';
import { faultsFromFile } from '../files/faults';
import {
  isForLocalFiles,
  LOCAL_ACCOUNT,
  LOCAL_ACCOUNT_KEY,
  LOCAL_ACCOUNT_KEY_NAME,
  makeLocalShares,
  shareFaultsFile,
} from '../files/local-account';
import { createLocalFiles } from '../files/shares';
import { systemClock } from '../kernel/clock';
import { systemTimers } from '../kernel/timers';
import { createLocalVault, isForVault } from '../key-vault/vault';
import { keptCertificate } from '../tls/kept-certificate';
import { forwardTo } from '../wire/forward';
import type { Handler } from '../wire/handler';
import { serve, type ServeOptions } from '../wire/node-server';
import { readSettings } from './settings';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const runtime = createProcessRuntime({
    builtRoot: join(__dirname, '../..'),
    stopGraceMs: settings.stopGraceMs,
    addedImages: settings.addedImages,
    unstartable: settings.unstartable,
    onHostProcess: ({ groupName }) =>
      tell(`group ${groupName} runs its command on this machine itself, with its programs and files`),
  });
  const shares = await makeLocalShares(settings.stateFolder);
  const keys = { [LOCAL_ACCOUNT]: LOCAL_ACCOUNT_KEY };
  const standIn = createStandIn({
    clock: systemClock,
    timers: systemTimers,
    newId: randomUUID,
    runtime,
    volumeFolders: createVolumeFolders({ shares: resolve(shares), keys, scratch: tmpdir() }),
    settings: settings.aci,
    subscriptionId: LOCAL_SUBSCRIPTION,
    resourceGroup: LOCAL_RESOURCE_GROUP,
    ...(settings.containerAppsPort !== undefined && {
      containerApps: forwardTo(settings.containerAppsPort),
    }),
  });
  const vault = createLocalVault(settings.secretsFile, { [LOCAL_ACCOUNT_KEY_NAME]: LOCAL_ACCOUNT_KEY });
  const files = createLocalFiles({
    root: shares,
    keys,
    newId: randomUUID,
    faultOf: faultsFromFile(shareFaultsFile(settings.stateFolder)),
  });
  const handle: Handler = (request) => {
    if (isForVault(request)) return vault(request);
    return isForLocalFiles(request) ? files(request) : standIn.handle(request);
  };
  const options: Omit<ServeOptions, 'port'> = {
    behindProxy: true,
    onError: (error, request) =>
      tell(
        `${request.method} ${request.url.pathname} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      ),
  };
  const server = await serve(handle, { ...options, port: settings.port });
  const tlsServer =
    settings.tlsPort === undefined
      ? undefined
      : await serve(handle, {
          ...options,
          port: settings.tlsPort,
          tls: await keptCertificate(settings.stateFolder, new Date(systemClock.now())),
        });
  const shutDown = (): void => {
    // Clients' open connections would keep the server alive, so nothing waits for its close.
    void standIn.emulator.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', shutDown);
  process.once('SIGINT', shutDown);
  process.stdout.write(
    `${JSON.stringify({ ready: 'aci-emulator', url: server.origin, tlsUrl: tlsServer?.origin })}\n`,
  );
}

function tell(what: string): void {
  process.stderr.write(`aci-emulator: ${what}\n`);
}

main().catch((error: unknown) => {
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

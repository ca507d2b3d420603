// The emulator as a process: `node dist/local/aci/main.js`. One line of JSON on standard output says that it is ready.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { systemClock } from '../../domain/clock';
import { createProcessRuntime } from '../containers/process';
import { systemTimers } from '../kernel/timers';
import { createLocalVault, isForVault } from '../key-vault/vault';
import type { Handler } from '../wire/handler';
import { serve } from '../wire/node-server';
import { createAciEmulator } from './emulator';
import { readSettings } from './settings';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const runtime = createProcessRuntime({
    builtRoot: join(__dirname, '../..'),
    stopGraceMs: settings.stopGraceMs,
    onHostProcess: ({ groupName }) =>
      tell(`group ${groupName} runs its command on this machine itself, with its programs and files`),
  });
  const emulator = createAciEmulator({
    clock: systemClock,
    timers: systemTimers,
    newId: randomUUID,
    runtime,
    settings: settings.aci,
  });
  const vault = createLocalVault(settings.secretsFile);
  const handle: Handler = (request) => (isForVault(request) ? vault(request) : emulator.handle(request));
  const server = await serve(handle, {
    port: settings.port,
    onError: (error, request) =>
      tell(
        `${request.method} ${request.url.pathname} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      ),
  });
  const shutDown = (): void => {
    // Open connections of clients would keep the server, its close isn't waited for.
    void emulator.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', shutDown);
  process.once('SIGINT', shutDown);
  process.stdout.write(`${JSON.stringify({ ready: 'aci-emulator', url: server.origin })}\n`);
}

function tell(what: string): void {
  process.stderr.write(`aci-emulator: ${what}\n`);
}

main().catch((error: unknown) => {
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

// The app of another process, as the host sees it: each invocation goes there and its result comes back.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { WriteLog } from '../../../standins/functions-host/app/app-log';
import type { FunctionApp, InvocationResult } from '../../../standins/functions-host/app/function-app';
import { parseFromWorker } from './worker-messages';

/** Processor times of the worker's process, milliseconds since it began. */
interface WorkerTimes {
  /** When the load of the app began. */
  readonly beforeMs: number;
  /** When the app was loaded. */
  readonly loadedMs: number;
  /** When the first invocation of a function was answered, by the function's name. */
  readonly firstMs: ReadonlyMap<string, number>;
}

export interface AppInWorker extends FunctionApp {
  readonly times: WorkerTimes;
}

const WORKER = join(__dirname, 'worker-main.js');

/** Starts a worker with the app in folder `root`. Rejects when it ends before the app is loaded. */
export async function startAppInWorker(root: string, log: WriteLog): Promise<AppInWorker> {
  const worker = fork(WORKER, [root], { serialization: 'advanced' });
  const pending = new Map<string, (result: InvocationResult) => void>();
  const nameOf = new Map<string, string>();
  const functionOf = new Map<string, string>();
  const firstMs = new Map<string, number>();
  const invoke: FunctionApp['invoke'] = (invocation) =>
    new Promise((resolve) => {
      pending.set(invocation.invocationId, resolve);
      functionOf.set(invocation.invocationId, invocation.functionId);
      worker.send(invocation);
    });
  const close = async (): Promise<void> => {
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  };
  return new Promise((resolve, reject) => {
    worker.once('exit', (code) => {
      reject(new Error(`The worker ended before the app was loaded (exit code ${code ?? 'none'}).`));
    });
    worker.on('message', (raw) => {
      const message = parseFromWorker(raw);
      switch (message.kind) {
        case 'log':
          log(message.line);
          return;
        case 'loaded': {
          const { functions, beforeMs, processorMs } = message;
          for (const { id, name } of functions) nameOf.set(id, name);
          resolve({ functions, invoke, close, times: { beforeMs, loadedMs: processorMs, firstMs } });
          return;
        }
        case 'result': {
          const { id, result, processorMs } = message;
          const name = nameOf.get(functionOf.get(id) ?? '') ?? '';
          if (result.status === 'success' && !firstMs.has(name)) firstMs.set(name, processorMs);
          pending.get(id)?.(result);
          pending.delete(id);
          return;
        }
      }
    });
  });
}

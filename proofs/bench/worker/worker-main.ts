// The app in a process of its own, without the host: loads it from the folder that it is told, and runs what it is
// sent. With each answer it says how much processor time the process has used.
import { loadApp } from '../../../standins/functions-host/app/load-app';
import { processorMs } from './processor-time';
import { type FromWorker, parseToWorker } from './worker-messages';

const say = (message: FromWorker): void => {
  process.send?.(message);
};

void main();

async function main(): Promise<void> {
  const [root] = process.argv.slice(2);
  if (root === undefined) throw new Error('Usage: node worker-main.js FOLDER');
  forgetPackages();
  const beforeMs = processorMs();
  const app = await loadApp(root, { log: (line) => say({ kind: 'log', line }) });
  say({ kind: 'loaded', functions: app.functions, beforeMs, processorMs: processorMs() });
  process.on('message', (message) => {
    const invocation = parseToWorker(message);
    void app.invoke(invocation).then(
      (result) => say({ kind: 'result', id: invocation.invocationId, result, processorMs: processorMs() }),
      (error: unknown) => {
        throw error;
      },
    );
  });
}

/** The app must load its packages itself, also those that this program has loaded for its own use. */
function forgetPackages(): void {
  for (const file of Object.keys(require.cache))
    if (file.includes('/node_modules/')) Reflect.deleteProperty(require.cache, file);
}

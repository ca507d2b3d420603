// Run by the Node whose V8 the cache is for: `node make-code-cache.js FOLDER` loads the app of that folder once, as the
// worker would, and what the app would load later, and writes V8's code of what ran beside it.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

import { BUNDLE } from './bundle-name';
import { codeCacheName } from './code-cache-name';
import type { BundleExports } from './entry-point';
import { readBundle, runBundle } from './run-bundle';

/** Settings with which the app can load. It opens no connection while it does. */
const SETTINGS = {
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
  GPU_JOBS_PLACEMENTS: JSON.stringify([
    {
      name: 'any',
      backend: 'container-apps',
      subscriptionId: '00000000-0000-0000-0000-000000000000',
      resourceGroup: 'any',
      region: 'westus3',
      environment: 'any',
      gpus: [{ sku: 'T4', counts: [1], profile: 'gpu-t4' }],
      limits: { workloads: 1, creates: [] },
    },
  ]),
};

/** As much of the worker's module as the app's registrations need. */
const CORE = {
  version: 'none',
  setProgrammingModel: () => undefined,
  registerFunction: () => undefined,
  registerHook: () => undefined,
  Disposable: Object,
};

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: node make-code-cache.js FOLDER');
Object.assign(process.env, SETTINGS);

const file = join(folder, BUNDLE);
const script = new Script(readBundle(file), { filename: file });
const ask = createRequire(file);
const askNodeOrWorker = Object.assign(
  (name: string): unknown => (name === '@azure/functions-core' ? CORE : ask(name)),
  ask,
);
const { loadPackages } = runBundle(script, askNodeOrWorker, folder) as BundleExports; // entry-point.ts makes it so.
loadPackages();
writeFileSync(join(folder, codeCacheName(process.versions.v8, process.arch)), script.createCachedData());
process.exit(0); // Whatever the app began while it loaded ends here.

// A start loads no SDK of Azure: each costs some 100 ms, and is loaded when it is first used.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { REPOSITORY_ROOT } from '../../standins/stack/repository-root';
import { containerAppsPlacement } from '../support/container-apps-placement';

const LOADED = "Object.keys(require.cache).filter((file) => file.includes('/node_modules/@azure/'))";

/** Files of Azure's packages that a process of plain node holds after it has loaded this module and done that. */
async function loadedBy(module: string, and = ''): Promise<unknown> {
  const program = `const loaded = require('./${module}'); ${and}; process.stdout.write(JSON.stringify(${LOADED}));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--require', './proofs/register.js', '--eval', program],
    { cwd: REPOSITORY_ROOT },
  );
  return JSON.parse(stdout);
}

test('the app’s services are there before any SDK is', async () => {
  expect(await loadedBy('app/services')).toEqual([]);
});

test('so they are when they are made', async () => {
  const settings = JSON.stringify({
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    GPU_JOBS_PLACEMENTS: JSON.stringify([containerAppsPlacement()]),
  });
  expect(await loadedBy('app/services', `loaded.createServices(${settings})`)).toEqual([]);
});

test('what is looked for would be found', async () => {
  expect(await loadedBy('test/support/arm-clients')).not.toEqual([]);
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { readSettings } from '../../../app/settings';
import { standInEntrypoints } from '../../../standins/containers/known-images';
import { REPOSITORY_ROOT } from '../../../standins/stack/repository-root';
import { parseStackSettings } from '../../../standins/stack/stack-settings';

test('without settings the ports are the documented ones and the state lies in the repository', () => {
  expect(parseStackSettings({}, '/repository')).toEqual({
    ports: {
      functions: 7071,
      aci: 7072,
      kubernetes: 7073,
      containerApps: 7074,
      blob: 10000,
      queue: 10001,
      table: 10002,
    },
    stateFolder: '/repository/.gpu-jobs',
  });
});

test('settings win, and an absolute state folder stays where it is', () => {
  const settings = parseStackSettings(
    { GPU_JOBS_ACI_PORT: '0', GPU_JOBS_LOCAL_STATE: '/state' },
    '/repository',
  );
  expect(settings.ports.aci).toBe(0);
  expect(settings.stateFolder).toBe('/state');
});

test('TLS has a port only where one is set', () => {
  expect(parseStackSettings({ GPU_JOBS_ACI_TLS_PORT: '7443' }, '/').ports.aciTls).toBe(7443);
  expect(parseStackSettings({}, '/').ports).not.toHaveProperty('aciTls');
  expect(() => parseStackSettings({ GPU_JOBS_ACI_TLS_PORT: 'on' }, '/')).toThrow(
    'GPU_JOBS_ACI_TLS_PORT is "on": it must be a port number',
  );
});

test.each(['seven', '-1', '70000', ''])('the port "%s" is refused by name', (port) => {
  expect(() => parseStackSettings({ GPU_JOBS_BLOB_PORT: port }, '/')).toThrow(
    `GPU_JOBS_BLOB_PORT is "${port}": it must be`,
  );
});

test('the example of local.settings.json holds settings that the app takes', async () => {
  const text = await readFile(join(REPOSITORY_ROOT, 'local.settings.example.json'), 'utf8');
  const { Values: values } = z.object({ Values: z.record(z.string(), z.string()) }).parse(JSON.parse(text));
  const { placements, schedules } = readSettings(values);
  expect(placements.map(({ name }) => name)).toEqual([
    'local-container-apps',
    'local-kubernetes',
    'local-eastus',
  ]);
  expect(placements[2]?.entrypoints).toEqual(standInEntrypoints);
  expect(schedules.map(({ name }) => name)).toEqual(['nightly']);
});

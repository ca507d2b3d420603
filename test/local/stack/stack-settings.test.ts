import { parseStackSettings } from '../../../local/stack/stack-settings';

test('without settings the ports are the documented ones and the state lies in the repository', () => {
  expect(parseStackSettings({}, '/repository')).toEqual({
    ports: { functions: 7071, aci: 7072, blob: 10000, queue: 10001, table: 10002 },
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

test.each(['seven', '-1', '70000', ''])('the port "%s" is refused by name', (port) => {
  expect(() => parseStackSettings({ GPU_JOBS_BLOB_PORT: port }, '/')).toThrow(
    `GPU_JOBS_BLOB_PORT is "${port}": it must be`,
  );
});

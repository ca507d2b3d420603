import { readHostSettings } from '../../../standins/functions-host/host-settings';
import { applyLocalSettings, resolveSettings } from '../../../standins/functions-host/local-settings';

test('arguments win over the environment, and both over the defaults', () => {
  expect(readHostSettings([], {}, '/app')).toEqual({
    root: '/app',
    port: 7071,
    stateFolder: '/app/.gpu-jobs',
    hiddenForS: 30,
    logLevel: 'information',
  });
  expect(
    readHostSettings(
      ['--port', '0', '--root', 'other'],
      {
        GPU_JOBS_FUNCTIONS_PORT: '8000',
        GPU_JOBS_LOCAL_STATE: '/state',
        GPU_JOBS_LOCAL_QUEUE_VISIBILITY_S: '5',
      },
      '/app',
    ),
  ).toMatchObject({ root: '/app/other', port: 0, stateFolder: '/state', hiddenForS: 5 });
});

test.each([
  [['--port', 'x'], {}, '--port x is no port'],
  [[], { GPU_JOBS_FUNCTIONS_PORT: '70000' }, 'GPU_JOBS_FUNCTIONS_PORT'],
  [[], { GPU_JOBS_LOCAL_QUEUE_VISIBILITY_S: '0' }, 'GPU_JOBS_LOCAL_QUEUE_VISIBILITY_S'],
  [['--unknown'], {}, '--unknown'],
])('%j with %j is refused: %s', (args, environment, reason) => {
  expect(() => readHostSettings(args, environment, '/app')).toThrow(reason);
});

test('local settings fill in what the environment lacks and never replace what it has', () => {
  const environment: Record<string, string | undefined> = { A: 'mine' };
  applyLocalSettings({ A: 'theirs', B: 'theirs' }, environment);
  expect(environment).toEqual({ A: 'mine', B: 'theirs' });
});

test('%Name% stands for a setting; one that is missing is named with the place that refers to it', () => {
  expect(resolveSettings('a-%X%-%Y%', { X: '1', Y: '2' }, 'The trigger')).toBe('a-1-2');
  expect(() => resolveSettings('%Z%', {}, 'The trigger')).toThrow('The trigger refers to %Z%');
});

import { readSettings } from '../../app/settings';
import { aciClients } from '../../backends/aci/arm-clients';
import { DEFAULT_TIMES } from '../../domain/attempt/protocol-times';
import { isLoopback } from '../../domain/parse/loopback';
import { testPlacement } from '../support/placements';

const PLACEMENTS = JSON.stringify([testPlacement()]);

function read(env: Record<string, string> = {}): ReturnType<typeof readSettings> {
  return readSettings({ GPU_JOBS_PLACEMENTS: PLACEMENTS, ...env });
}

describe('the settings', () => {
  test('have defaults for everything but the placements', () => {
    expect(read()).toMatchObject({
      placements: [testPlacement()],
      schedules: [],
      pollFloorMs: 2_000,
      times: DEFAULT_TIMES,
    });
    expect(read().armEndpoint.href).toBe('https://management.azure.com/');
    expect(read().logsEndpoint.href).toBe('https://api.loganalytics.io/');
  });

  test('limit what specs may use by a policy, and refuse one that could never fit', () => {
    expect(read().policy).toEqual({});
    const policy = {
      registries: ['nvcr.io'],
      images: ['nvcr.io/nvidia/*'],
      identities: [],
      secrets: ['jobs-*'],
    };
    expect(read({ GPU_JOBS_POLICY: JSON.stringify(policy) }).policy).toEqual(policy);
    expect(() => read({ GPU_JOBS_POLICY: '{"images":["python:*"]}' })).toThrow(
      'GPU_JOBS_POLICY: /images/0 must begin with a registry, such as docker.io/library/python:*.',
    );
    expect(() => read({ GPU_JOBS_POLICY: '{"registry":["nvcr.io"]}' })).toThrow(
      'GPU_JOBS_POLICY: /registry is not a known field.',
    );
  });

  test('take what is set; an empty value is not set', () => {
    const schedules = JSON.stringify([
      { name: 'nightly', cron: '0 2 * * *', timeZone: 'Europe/Berlin', spec: { image: 'a' } },
    ]);
    const settings = read({
      GPU_JOBS_SCHEDULES: schedules,
      GPU_JOBS_ARM_ENDPOINT: 'http://127.0.0.1:7072',
      GPU_JOBS_POLL_FLOOR_MS: '200',
      GPU_JOBS_ABSENT_FOR_S: '0.5',
      GPU_JOBS_OVERDUE_S: ' ',
    });
    expect(settings.schedules).toEqual([
      {
        name: 'nightly',
        cron: '0 2 * * *',
        timeZone: 'Europe/Berlin',
        spec: { image: 'a' },
        overlap: 'allow',
        catchUp: 'skip',
      },
    ]);
    expect(settings.armEndpoint.port).toBe('7072');
    expect(settings.pollFloorMs).toBe(200);
    expect(settings.times).toEqual({ ...DEFAULT_TIMES, absentForS: 0.5 });
  });

  const placements = (over: object): Record<string, string> => ({
    GPU_JOBS_PLACEMENTS: JSON.stringify([{ ...testPlacement(), ...over }]),
  });
  const schedules = (...of: object[]): Record<string, string> => ({
    GPU_JOBS_SCHEDULES: JSON.stringify(
      of.map((one) => ({ name: 'nightly', cron: '0 2 * * *', spec: {}, ...one })),
    ),
  });
  test.each<[string, Record<string, string>, string]>([
    ['no placements', { GPU_JOBS_PLACEMENTS: '' }, 'GPU_JOBS_PLACEMENTS is not set'],
    ['placements that are no JSON', { GPU_JOBS_PLACEMENTS: '[' }, 'GPU_JOBS_PLACEMENTS is not JSON'],
    ['placements that are no list', { GPU_JOBS_PLACEMENTS: '{}' }, 'GPU_JOBS_PLACEMENTS: the whole'],
    ['an empty list of placements', { GPU_JOBS_PLACEMENTS: '[]' }, 'GPU_JOBS_PLACEMENTS: the whole'],
    [
      'a placement with a bad name',
      placements({ name: 'East US' }),
      '/0/name must be lower-case letters, digits and hyphens',
    ],
    ['a placement of an unknown backend', placements({ backend: 'nomad' }), '/0/backend must be'],
    ['a placement without limits', placements({ limits: undefined }), '/0/limits'],
    [
      'a placement with room for none',
      placements({
        limits: {
          workloads: 0,
          creates: [
            { per: 300, most: 1 },
            { per: 3600, most: 1 },
          ],
        },
      }),
      '/0/limits/workloads',
    ],
    [
      'a placement with no GPUs of a kind',
      placements({ gpus: [{ sku: 'V100', counts: [0] }] }),
      '/0/gpus/0/counts/0',
    ],
    ['an unknown field', placements({ zone: '1' }), '/0/zone is not a known field'],
    [
      'a placement named twice',
      { GPU_JOBS_PLACEMENTS: JSON.stringify([testPlacement(), testPlacement()]) },
      'names "eastus" twice',
    ],
    ['a schedule with a bad cron', schedules({ cron: '61 * * * *' }), 'schedule "nightly"'],
    ['a schedule in no time zone', schedules({ timeZone: 'Mars/Olympus' }), 'timeZone is "Mars/Olympus"'],
    ['a schedule named twice', schedules({}, {}), 'GPU_JOBS_SCHEDULES names "nightly" twice'],
    [
      'an endpoint that is no URL',
      { GPU_JOBS_ARM_ENDPOINT: 'management' },
      'GPU_JOBS_ARM_ENDPOINT is "management"',
    ],
    [
      'an endpoint in clear text over a network',
      { GPU_JOBS_ARM_ENDPOINT: 'http://10.0.0.1' },
      'must be https',
    ],
    [
      'an endpoint that only looks local',
      { GPU_JOBS_ARM_ENDPOINT: 'http://localhost.example' },
      'must be https',
    ],
    [
      'an endpoint of workspaces in clear text',
      { GPU_JOBS_LOGS_ENDPOINT: 'http://10.0.0.1' },
      'GPU_JOBS_LOGS_ENDPOINT is "http://10.0.0.1", must be https',
    ],
    ['an endpoint of another scheme', { GPU_JOBS_ARM_ENDPOINT: 'ftp://127.0.0.1' }, 'must be https'],
    [
      'a time that is no number',
      { GPU_JOBS_UNKNOWN_FATE_S: 'ten minutes' },
      'GPU_JOBS_UNKNOWN_FATE_S is "ten minutes"',
    ],
    ['a time that is negative', { GPU_JOBS_DELETE_AGAIN_S: '-1' }, 'GPU_JOBS_DELETE_AGAIN_S is "-1"'],
    ['a time without end', { GPU_JOBS_OVERDUE_S: 'Infinity' }, 'GPU_JOBS_OVERDUE_S is "Infinity"'],
    [
      'times out of order',
      { GPU_JOBS_UNKNOWN_FATE_S: '60' },
      'The fate of a create must stay unknown (60 s)',
    ],
    [
      'a fate that is known sooner than the platform says',
      { GPU_JOBS_UNKNOWN_FATE_S: '599', GPU_JOBS_UNKNOWN_WORKLOAD_S: '700' },
      'GPU_JOBS_UNKNOWN_FATE_S is 599, must be at least 600: only then the fate of a create in placement "eastus" is known.',
    ],
    [
      'the windows that earlier versions had',
      placements({ limits: { workloads: 1, createsPer5Minutes: 1, createsPerHour: 1 } }),
      'limits',
    ],
    [
      'a window of more than an hour',
      placements({ limits: { workloads: 1, creates: [{ per: 7200, most: 9 }] } }),
      '/0/limits/creates/0/per is 7200, must be at most 3600',
    ],
    [
      "a volume's key without a key vault to read it from",
      placements({
        volumes: {
          data: { share: { url: 'https://account.file.core.windows.net/data', keyRef: 'data-key' } },
        },
      }),
      'the share of volume "data" in placement "eastus" has the keyRef "data-key", and no key vault is configured',
    ],
    [
      'another kind of compute',
      placements({ backend: 'batch' }),
      '/0/backend must be "aci" or "kubernetes" or "container-apps"',
    ],
    ['a poll floor of nothing', { GPU_JOBS_POLL_FLOOR_MS: '0' }, 'GPU_JOBS_POLL_FLOOR_MS is "0"'],
  ])('refuse %s, and say what is wrong', (_what, env, message) => {
    expect(() => read(env)).toThrow(message);
  });
});

test('a placement that stands in for a platform may be quicker than it', () => {
  const env = { GPU_JOBS_UNKNOWN_FATE_S: '190', GPU_JOBS_UNKNOWN_WORKLOAD_S: '200' };
  const quick = JSON.stringify([{ ...testPlacement(), fateKnownAfterS: 190 }]);
  expect(read({ ...env, GPU_JOBS_PLACEMENTS: quick }).times.unknownFateS).toBe(190);
  const slow = JSON.stringify([{ ...testPlacement(), fateKnownAfterS: 191 }]);
  expect(() => read({ ...env, GPU_JOBS_PLACEMENTS: slow })).toThrow('must be at least 191');
});

describe('the ARM clients', () => {
  const credential = { getToken: () => Promise.reject(new Error('no token was to be asked for')) };

  test.each(['http://127.0.0.1:1', 'http://localhost:1'])('ask for no token at %s', async (endpoint) => {
    expect(isLoopback(new URL(endpoint))).toBe(true);
    const { creating } = aciClients(new URL(endpoint), 'subscription', credential);
    const abortSignal = AbortSignal.timeout(2_000);
    await expect(creating.containerGroups.get('group', 'name', { abortSignal })).rejects.toThrow(
      /ECONNREFUSED|EADDRNOTAVAIL|connect|fetch/,
    );
  });

  test('ask for a token at https', async () => {
    const { creating } = aciClients(new URL('https://management.example'), 'subscription', credential);
    await expect(creating.containerGroups.get('group', 'name')).rejects.toThrow(
      'no token was to be asked for',
    );
  });
});

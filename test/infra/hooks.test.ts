// The hooks of azd as azd runs them: processes of their own, with an azd on the PATH and the app over HTTP.
import { type HookRun, setStage, type Stage } from './support/azure-for-hooks';

const OWNER = 'owner0000000';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const said = ({ stdout, stderr }: HookRun): string => `${stdout}${stderr}`;

describe('after the deployment', () => {
  test('the hook waits until the app tells who it is', async () => {
    stage.notReadyFor = 3;
    const run = await stage.run('after-deploy.mjs');
    expect(run).toMatchObject({ code: 0, azd: [] });
    expect(run.stdout).toContain(`its owner id is ${OWNER}`);
    expect(stage.requests).toHaveLength(4);
  });

  test('azd is told the owner id where the image of the watchdog is named', async () => {
    const run = await stage.run('after-deploy.mjs', {
      ...stage.values,
      GPU_JOBS_WATCHDOG_IMAGE: 'gpu-jobs-watchdog:1',
      GPU_JOBS_OWNER_ID: 'ofanotherlife',
    });
    expect(run).toMatchObject({ code: 0, azd: [`env set GPU_JOBS_OWNER_ID ${OWNER}`] });
  });

  test('azd is told nothing that it knows', async () => {
    const run = await stage.run('after-deploy.mjs', {
      ...stage.values,
      GPU_JOBS_WATCHDOG_IMAGE: 'gpu-jobs-watchdog:1',
      GPU_JOBS_OWNER_ID: OWNER,
    });
    expect(run).toMatchObject({ code: 0, azd: [] });
  });

  test('an app that never tells it fails the command, with the last answer', async () => {
    stage.notReadyFor = Number.POSITIVE_INFINITY;
    const run = await stage.run('after-deploy.mjs');
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('tells no owner id: status 503');
  });
});

describe('after the whole', () => {
  test('it says the address, how to get a key, and three commands', async () => {
    const { code, stdout } = await stage.run('after-up.mjs');
    expect(code).toBe(0);
    expect(stdout).toContain(`The runner is at ${stage.values['GPUJOBS_URL'] ?? ''}.`);
    expect(stdout.match(/^ {2}\S.+$/gm)).toEqual([
      expect.stringContaining('infra/hooks/key.mjs | node dist/cli/main.js profile add first --url http'),
      expect.stringContaining('doctor --settings .azure/first/settings.json'),
      expect.stringContaining('submit --image'),
    ]);
    expect(stdout).toContain('There is no watchdog');
  });

  test('it prints no key, and asks for none', async () => {
    const run = await stage.run('after-up.mjs');
    expect(run.azd).toEqual([]);
    expect(stage.requests).toEqual([]);
  });

  test('the key is printed alone, from the environment of azd', async () => {
    const run = await stage.run('key.mjs', {});
    expect(run).toMatchObject({ code: 0, stdout: 'the-function-key\n' });
    expect(run.azd).toEqual(['env get-values --output json', 'auth token --output json']);
  });

  test('an environment that was not provisioned is told as such', async () => {
    const run = await stage.run('after-up.mjs', { AZURE_ENV_NAME: 'first' });
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/lacks AZURE_SUBSCRIPTION_ID, .*GPUJOBS_URL: was it provisioned/);
  });
});

describe('before the end', () => {
  const down = (choice?: string): Promise<HookRun> =>
    stage.run('before-down.mjs', {
      ...stage.values,
      ...(choice === undefined ? {} : { GPU_JOBS_DOWN: choice }),
    });

  test('a deployment that runs nothing drains and may go, once a sweep has seen every placement', async () => {
    const run = await down();
    expect(said(run)).toContain('No workload is left');
    expect(run.code).toBe(0);
    expect(stage.requests.slice(1)).toEqual([
      'POST /api/drain {"draining":true}',
      'GET /api/placements',
      'GET /api/health',
      'GET /api/health',
      'GET /api/placements',
    ]);
  });

  test('running jobs keep it, and are named by their placements', async () => {
    stage.held = { 'apps-westus3': [2], 'aks-t4': [0], 'aci-eastus': [1] };
    const run = await down();
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('Workloads run: 2 in apps-westus3, 1 in aci-eastus.');
    expect(run.stderr).toContain('GPU_JOBS_DOWN=cancel');
    expect(stage.requests.some((request) => request.includes('/cancel'))).toBe(false);
  });

  test('asked to, it cancels all jobs and waits until the last workload is gone', async () => {
    stage.held = { 'apps-westus3': [2, 2, 1, 0] };
    const run = await down('cancel');
    expect(run.code).toBe(0);
    expect(stage.requests).toContain('POST /api/jobs/cancel {"all":true}');
    expect(stage.requests.filter((request) => request === 'GET /api/placements')).toHaveLength(5);
  });

  test('a job that was placed while it drained keeps it', async () => {
    stage.held = { 'apps-westus3': [0, 1] };
    const run = await down();
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('A job was placed meanwhile: 1 in apps-westus3.');
  });

  test('a workload that does not go keeps it', async () => {
    stage.held = { 'apps-westus3': [1] };
    const run = await down('cancel');
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('still there after 20 minutes: 1 in apps-westus3');
  });

  test('without a sweep it is not known what stands, which keeps it', async () => {
    stage.sweeps = false;
    const run = await down();
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('No sweep went well within 5 minutes');
  });

  test('an app that does not answer keeps it, and the way past that is told', async () => {
    const run = await stage.run('before-down.mjs', { ...stage.values, GPUJOBS_URL: 'http://127.0.0.1:1' });
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/http:\/\/127\.0\.0\.1:1 does not answer: .*\n.*GPU_JOBS_DOWN=anyway/);
  });

  test('that way asks nothing', async () => {
    const run = await down('anyway');
    expect(run).toMatchObject({ code: 0, azd: [] });
    expect(stage.requests).toEqual([]);
  });

  test('another word is refused before anything is asked', async () => {
    const run = await down('yes');
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('GPU_JOBS_DOWN is "yes", must be "cancel", "anyway" or not set.');
    expect(stage.requests).toEqual([]);
  });

  test('what was never provisioned may go', async () => {
    const run = await stage.run('before-down.mjs', { AZURE_ENV_NAME: 'first' });
    expect(run).toMatchObject({ code: 0, azd: [] });
  });
});

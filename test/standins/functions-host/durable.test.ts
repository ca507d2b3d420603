import { z } from 'zod';

import { eventually, type HostProcess, startFunctionsHost } from '../../support/functions-host';
import { HOST_APP, type Scratch, scratch } from './recorded';

let own: Scratch;
let host: HostProcess;
beforeEach(() => {
  own = scratch();
});
afterEach(async () => {
  await host.kill();
  own.remove();
});

const start = async (environment: Readonly<Record<string, string>> = {}): Promise<void> => {
  host = await startFunctionsHost(HOST_APP, {
    ...own.environment,
    'AzureWebJobs.work.Disabled': 'true',
    ...environment,
  });
};

const instanceStatus = z.object({ runtimeStatus: z.string(), output: z.unknown() });

const steps = (): readonly (number | undefined)[] =>
  own
    .recorded()
    .filter(({ at }) => at === 'step')
    .map(({ step }) => step);

const startRelay = async (id: string, input: object): Promise<Response> =>
  fetch(`${host.url}/api/relays/${id}`, { method: 'POST', body: JSON.stringify(input) });

const statusOf = async (id: string): Promise<z.infer<typeof instanceStatus>> => {
  const response = await fetch(`${host.url}/runtime/webhooks/durabletask/instances/${id}`);
  return instanceStatus.parse(await response.json());
};

const completed = (id: string): Promise<z.infer<typeof instanceStatus>> =>
  eventually(`${id} completes`, async () => {
    const status = await statusOf(id);
    return status.runtimeStatus === 'Completed' ? status : undefined;
  });

test('an orchestration started by HTTP runs its activities in turn and can be asked for its result', async () => {
  await start();
  const response = await startRelay('first', { steps: 3, takeMs: 1 });
  expect(response.status).toBe(202);
  const urls = z.object({ id: z.string(), statusQueryGetUri: z.string() }).parse(await response.json());
  expect(urls.id).toBe('first');
  expect(urls.statusQueryGetUri).toContain(`${host.url}/runtime/webhooks/durabletask/instances/first`);
  expect((await completed('first')).output).toEqual([1, 2, 3]);
  expect(steps()).toEqual([1, 2, 3]);
});

test('kill -9 in mid-orchestration and a restart: it completes, and no finished activity runs again', async () => {
  await start({ HOST_APP_SLOW_STEP: '3' });
  await startRelay('cut', { steps: 4, takeMs: 1 });
  await eventually('the third step begins', () => (steps().length === 3 ? true : undefined));
  await host.kill();
  await start();
  expect((await completed('cut')).output).toEqual([1, 2, 3, 4]);
  expect(steps()).toEqual([1, 2, 3, 3, 4]);
});

test('SIGTERM in mid-orchestration lets the activity end and the app say goodbye; the next start goes on after it', async () => {
  await start();
  await startRelay('stopped', { steps: 3, takeMs: 500 });
  await eventually('the second step begins', () => (steps().length === 2 ? true : undefined));
  expect(await host.stop()).toBe(0);
  expect(own.recorded().at(-1)).toEqual({ at: 'appTerminate' });
  await start();
  expect((await completed('stopped')).output).toEqual([1, 2, 3]);
  expect(steps()).toEqual([1, 2, 3]);
});

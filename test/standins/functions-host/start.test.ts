import { resolve } from 'node:path';

import { runFunctionsHost, startFunctionsHost } from '../../support/functions-host';
import { HOST_APP, scratch } from './recorded';

const fixture = (name: string): string => resolve('test/fixtures', name);

test('an app that declares what is not offered is refused at start, with every function and type named', async () => {
  const { exitCode, log } = await runFunctionsHost(fixture('host-app-refused'), {});
  expect(exitCode).toBe(1);
  expect(log).toContain('function "onBlob" declares the trigger "blobTrigger"');
  expect(log).toContain('function "toQueue" declares the output binding "queue"');
  expect(log).toContain('function "retried" declares a retry policy');
  expect(log).toContain('function "counter" declares the trigger "entityTrigger"');
  expect(log).not.toContain('"fine"');
});

test('an app that turns HTTP streaming on is refused at start', async () => {
  const { exitCode, log } = await runFunctionsHost(fixture('host-app-streaming'), {});
  expect(exitCode).toBe(1);
  expect(log).toContain('The local host offers no HTTP streaming');
});

test('a setting that a trigger refers to and that is not set is named at start', async () => {
  const own = scratch();
  const environment = Object.entries(own.environment).filter(([name]) => name !== 'TICK_SCHEDULE');
  const { exitCode, log } = await runFunctionsHost(HOST_APP, Object.fromEntries(environment));
  own.remove();
  expect(exitCode).toBe(1);
  expect(log).toContain('The timer trigger of function "tick" refers to %TICK_SCHEDULE%');
});

test('an app of ES modules is served, and SIGTERM ends the host with 0', async () => {
  const host = await startFunctionsHost(fixture('host-app-esm'), {});
  expect(host.functions).toEqual([{ name: 'hello', type: 'httpTrigger', route: '/hello', methods: ['GET'] }]);
  expect(await (await fetch(`${host.url}/hello`)).text()).toBe('from a module');
  expect(await host.stop()).toBe(0);
});

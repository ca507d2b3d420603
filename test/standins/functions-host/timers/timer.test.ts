import { join } from 'node:path';

import { openLmdbJournal } from '../../../../standins/kernel/lmdb-journal';
import { eventually, type HostProcess, startFunctionsHost } from '../../../support/functions-host';
import { HOST_APP, type Recorded, type Scratch, scratch } from '../recorded';

let own: Scratch;
let host: HostProcess | undefined;
beforeEach(() => {
  own = scratch();
});
afterEach(async () => {
  await host?.kill();
  own.remove();
});

const ticked = (): readonly Recorded[] => own.recorded().filter(({ at }) => at === 'tick');

const start = async (environment: Readonly<Record<string, string>>): Promise<HostProcess> => {
  host = await startFunctionsHost(HOST_APP, {
    ...own.environment,
    'AzureWebJobs.work.Disabled': 'true',
    ...environment,
  });
  return host;
};

test('a timer runs at its occurrences', async () => {
  await start({ TICK_SCHEDULE: '* * * * * *' });
  const ticks = await eventually('two ticks', () => (ticked().length >= 2 ? ticked() : undefined));
  expect(ticks[1]?.timer).toEqual({
    schedule: { adjustForDST: true },
    scheduleStatus: null,
    isPastDue: false,
  });
});

test('the admin route runs a timer at once, apart from its schedule', async () => {
  const { url } = await start({ TICK_SCHEDULE: '0 0 0 1 1 *' });
  const response = await fetch(`${url}/admin/functions/TICK`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{ "input": "" }',
  });
  expect(response.status).toBe(202);
  const [tick] = await eventually('the tick', () => (ticked().length > 0 ? ticked() : undefined));
  expect(tick?.timer).toMatchObject({
    isPastDue: false,
    scheduleStatus: { next: expect.stringMatching(/^\d{4}-01-01T00:00:00\+00:00$/) as string },
  });
});

test('an occurrence that passed while the host was down is made up for at the next start', async () => {
  const first = await start({ TICK_SCHEDULE: '0 0 0 1 1 *' });
  await first.kill();
  expect(ticked()).toEqual([]);
  const year = new Date().getUTCFullYear();
  const journal = openLmdbJournal(join(own.folder, 'state', 'functions-host', 'timers.lmdb'));
  expect(journal.get('timer-status/tick')).toMatchObject({ next: Date.UTC(year + 1, 0) });
  const asIfDownSince = {
    last: Date.UTC(year - 1, 0),
    next: Date.UTC(year, 0),
    lastUpdated: Date.UTC(year - 1, 0),
  };
  await journal.commit([{ put: 'timer-status/tick', value: asIfDownSince }]);
  await journal.close();
  await start({ TICK_SCHEDULE: '0 0 0 1 1 *' });
  const ticks = await eventually('the tick', () => (ticked().length > 0 ? ticked() : undefined));
  expect(ticks).toEqual([
    expect.objectContaining({
      timer: expect.objectContaining({
        isPastDue: true,
        scheduleStatus: expect.objectContaining({ last: `${year - 1}-01-01T00:00:00+00:00` }) as unknown,
      }) as unknown,
    }),
  ]);
});

import { hrefOf, parseRoute } from '../../dashboard/route';

const ID = 'j5t4kwvalla1vp4tc9ls';

describe('the address of the page', () => {
  test.each([
    { page: 'jobs', filter: {} },
    { page: 'jobs', filter: { state: 'Failed,TimedOut', labels: '{"team":"a b&c"}' } },
    { page: 'job', id: ID, attempt: undefined },
    { page: 'job', id: ID, attempt: 2 },
    { page: 'submit', from: undefined },
    { page: 'submit', from: ID },
    { page: 'schedules' },
    { page: 'placements' },
    { page: 'plots', period: undefined, by: undefined },
    { page: 'plots', period: '30d', by: 'label:a b&c' },
  ] as const)('leads back to %j', (route) => {
    expect(parseRoute(hrefOf(route))).toEqual(route);
  });

  test.each(['', '#', '#/nowhere', '#/jobs/no-id', '#/jobs?nothing=1'])('%j is the list', (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'jobs', filter: {} });
  });
});

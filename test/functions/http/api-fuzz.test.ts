import { randomInt } from 'node:crypto';

import { OPERATIONS } from '../../../api/openapi/operations';
import { inPlainNode } from '../../support/plain-node';
import { faultsOf } from '../support/api-faults';
import { fuzzReportSchema } from '../support/fuzz-api';

/** `npm run api-fuzz` sends the real host more, and longer. */
const REQUESTS = 1_000;

test('whatever is sent to the API, its answer is one that the API describes, and none is a defect', async () => {
  const seed = randomInt(2 ** 31);
  const { statuses, fault } = await inPlainNode({
    module: 'test/functions/support/fuzz-api.ts',
    name: 'fuzzApi',
    argument: { seed, requests: REQUESTS },
    answer: fuzzReportSchema,
    limitMs: 60_000,
  });
  expect({ seed, fault }).toEqual({ seed });
  expect(Object.keys(statuses).sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
  // The test proves something only if requests succeed too.
  for (const id of ['submitJob', 'listJobs', 'getJob', 'getSchedule', 'placements', 'convert', 'cancelJob'])
    expect(Object.keys(statuses[id] ?? {})).toContainEqual(expect.stringMatching(/^2/));
}, 90_000);

describe('the judge of answers', () => {
  const drain = OPERATIONS.filter(({ id }) => id === 'drain');
  const judged = (status: number, body: unknown, type = 'application/json') =>
    drain.flatMap((operation) => faultsOf(operation, { status, type, body: JSON.stringify(body) }));

  test('finds nothing in an answer that is as described', () => {
    expect(drain).toHaveLength(1);
    expect(judged(200, { draining: true })).toEqual([]);
  });

  test.each([
    ['a status that is not described', 418, { draining: true }, 'application/json', 'status 418'],
    ['a defect', 500, { draining: true }, 'application/json', 'status 500'],
    ['another type', 200, { draining: true }, 'text/plain', 'type "text/plain"'],
    ['a missing field', 200, {}, 'application/json', 'draining: '],
    [
      'a field that is not described',
      200,
      { draining: true, more: 1 },
      'application/json',
      'more than is described',
    ],
  ])('finds %s', (_what, status, body, type, fault) => {
    expect(judged(status, body, type)).toEqual([expect.stringContaining(fault)]);
  });
});

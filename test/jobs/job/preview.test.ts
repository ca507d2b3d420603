// What would become of a spec if it were submitted now.
import { preview } from '../../../jobs/job/preview';
import { submit } from '../../../jobs/job/submit';
import { testApp } from '../../support/app/test-app';
import { testPlacement } from '../../support/placements';
import { NEW_YEAR } from '../../support/rows';

const SPEC = { image: 'nvcr.io/nvidia/cuda:12', gpu: { count: 1, sku: 'V100' } };
const PRICES = { V100: 3, cpu: 0.1 };
const RESOURCES = { cpu: 4, memoryGb: 16 };

type Over = Parameters<typeof testPlacement>[0];

function appWith(...placements: Over[]): ReturnType<typeof testApp> {
  return testApp({ placements: placements.map((over) => testPlacement(over)) });
}

async function seen(app: ReturnType<typeof testApp>, spec: Parameters<typeof preview>[1] = SPEC) {
  const answer = await preview(app.ports, spec, app.ports.policy);
  if (answer.kind !== 'seen') throw new Error(`It is ${answer.kind}.`);
  return answer.outlooks;
}

describe('a preview', () => {
  test('tells what the placement would give, what an hour costs, and what an attempt costs at most', async () => {
    const app = appWith({ prices: PRICES });
    const deadlines = { pulling: 3600, running: 7200, archiving: 360 };
    const [outlook] = await seen(app, { ...SPEC, resources: RESOURCES, deadlines });
    expect(outlook).toEqual({
      placement: 'eastus',
      kind: 'takes',
      gpu: { count: 1, sku: 'V100' },
      resources: RESOURCES,
      waits: undefined,
      estimate: {
        currency: 'USD',
        perHour: 3.4,
        // An hour of pulling, two of running, a tenth of archiving: Container Instances bill them all.
        most: { amount: 10.54, seconds: 11_160 },
        prices: [
          { of: 'V100', perHour: 3, quantity: 1 },
          { of: 'cpu', perHour: 0.1, quantity: 4 },
        ],
      },
    });
  });

  test('tells no price where none is configured', async () => {
    const [outlook] = await seen(appWith({}));
    expect(outlook).toMatchObject({ kind: 'takes', estimate: undefined });
  });

  test('keeps the order of the spec, and says why a placement does not take it', async () => {
    const app = appWith({ name: 'a', gpus: [] }, { name: 'b' });
    const outlooks = await seen(app, { ...SPEC, placements: ['nowhere', 'b', 'a'] });
    expect(outlooks.map(({ placement, kind }) => [placement, kind])).toEqual([
      ['nowhere', 'refuses'],
      ['b', 'takes'],
      ['a', 'refuses'],
    ]);
    expect(outlooks[0]).toMatchObject({ why: 'is not configured (configured: a, b)' });
    expect(outlooks[2]).toMatchObject({ why: 'offers no 1 × V100 (it offers none)' });
  });

  test.each([
    [
      'its places are held',
      { holders: { 'job-1': { cores: 1, since: NEW_YEAR } } },
      '1 of 1 places are held',
    ],
    ['it is paused', { pausedUntil: NEW_YEAR + 60_000 }, 'takes no more creates for a while'],
  ])('says that the job would wait where %s', async (_what, over, why) => {
    const app = appWith({ limits: { workloads: 1, creates: [] } });
    const { row, etag } = await app.placementRows.read('eastus');
    await app.placementRows.write({ ...row, ...over }, etag);
    const [outlook] = await seen(app);
    expect(outlook).toMatchObject({ kind: 'takes', waits: expect.stringContaining(why) as unknown });
  });

  test('is refused by the policy as the submission would be', async () => {
    const app = testApp({ policy: { registries: ['nvcr.io'] } });
    expect(await preview(app.ports, { image: 'python:3.12' }, app.ports.policy)).toMatchObject({
      kind: 'forbidden',
      problems: [{ pointer: '/image' }],
    });
  });

  test('refuses at a placement what a submission is refused for there, in the same words', async () => {
    const share = { url: 'https://account.file.core.windows.net/results', keyRef: 'key' };
    const placement = testPlacement({ volumes: { results: { share } }, outputs: { volume: 'results' } });
    const app = testApp({ placements: [placement], policy: { volumes: [] } });
    const spec = { ...SPEC, outputs: { path: '/out' } };
    const [outlook] = await seen(app, spec);
    const submitted = await submit(app.ports, { spec, key: 'k', source: 'http' });
    expect(outlook).toMatchObject({ kind: 'refuses', why: expect.stringMatching(/whole volume/) as unknown });
    expect(submitted).toEqual({
      kind: 'no-placement',
      refusals: { eastus: outlook?.kind === 'refuses' ? outlook.why : undefined },
    });
  });

  test('makes no job', async () => {
    const app = appWith({});
    await seen(app);
    expect(app.jobs.jobIds()).toEqual([]);
    expect(await app.hints.listWaiting()).toEqual([]);
    expect((await app.placementRows.read('eastus')).row.holders).toEqual({});
  });
});

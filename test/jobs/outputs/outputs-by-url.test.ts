import type { AttemptRow } from '../../../domain/attempt/attempt';
import { expiresAt } from '../../../domain/attempt/deadlines';
import { RetryableError } from '../../../domain/errors';
import type { Placement } from '../../../domain/placement/placement';
import type { OutputContainers } from '../../../domain/ports/output-containers';
import { deadlinesOf, type JobSpec } from '../../../domain/spec/job-spec';
import { advance } from '../../../jobs/attempt/advance';
import { lateOutputs, shownOutputs } from '../../../jobs/outputs/list-outputs';
import { attemptIn, rowsOf, type TestApp } from '../../support/app/test-app';
import { present } from '../../support/attempts';
import { type Azurite, startAzurite } from '../../support/azurite';
import { appByUrl, outputContainersAt } from '../../support/outputs/app-by-url';
import { testPlacement } from '../../support/placements';
import { attemptRow, jobRow, NEW_YEAR, testJobId } from '../../support/rows';

const SPEC: JobSpec = { image: 'example/program:1', outputs: { path: '/out' } };

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

let jobs = 0;
let job: string;
beforeEach(() => {
  jobs += 1;
  job = testJobId(jobs);
});

/** Where nobody answers. */
function unreachable(): OutputContainers {
  return outputContainersAt(azurite.connectionString.replace(/(BlobEndpoint=http:..127.0.0.1:)\d+/, '$11'));
}

/** An active job whose attempt is to be created. `realTime`: addresses are good now. */
async function toCreate(
  spec: JobSpec = SPEC,
  {
    containers = outputContainersAt(azurite.connectionString),
    placement = testPlacement(),
    attempt = {},
    realTime = false,
  }: {
    containers?: OutputContainers;
    placement?: Placement;
    attempt?: Partial<AttemptRow>;
    realTime?: boolean;
  } = {},
): Promise<TestApp> {
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const app = appByUrl(containers, { placements: [placement], ...(realTime && { clock }) });
  const row = jobRow({ jobId: job, state: 'active', attempt: 1, specHash: 'by-url' });
  await app.ports.specs.put(row.specHash, spec);
  await app.jobs.insert(row);
  const inserted = attemptRow({ jobId: job, placement: placement.name, ...attempt });
  await app.jobs.commit(job, [{ kind: 'insert-attempt', row: inserted }]);
  return app;
}

const step = (app: TestApp): Promise<unknown> => advance(app.ports, { jobId: job, attempt: 1, epoch: 1 });

function addressIn(app: TestApp): URL {
  return new URL(app.backend.creates[0]?.told?.secrets['GPU_JOBS_OUTPUT_URL'] ?? '');
}

/** As a program does: with nothing but what it was told. */
function put(address: URL, name: string, text: string): Promise<Response> {
  const at = new URL(address);
  at.pathname += `/${name}`;
  return fetch(at, { method: 'PUT', headers: { 'x-ms-blob-type': 'BlockBlob' }, body: text });
}

describe('the create of an attempt whose placement names no volume for outputs', () => {
  test('tells the program an address to upload to, as a secret that ends with the attempt', async () => {
    const app = await toCreate();
    await step(app);
    const create = app.backend.creates[0];
    expect(create?.mounts).toEqual([]);
    expect(create?.told?.variables).toEqual({});
    const address = addressIn(app);
    expect(address.pathname).toBe(`/devstoreaccount1/job-outputs-${job}/1`);
    const end = expiresAt(NEW_YEAR, deadlinesOf(SPEC));
    expect(create?.expiresAt).toBe(end);
    expect(Date.parse(address.searchParams.get('se') ?? '')).toBe(end);
    expect(await attemptIn(app, 1, job)).toMatchObject({
      outputs: { state: 'open' },
      outputsBy: 'url',
      expiresAt: end,
    });
  });

  test('stores and logs nothing of the address', async () => {
    const app = await toCreate();
    await step(app);
    const kept = JSON.stringify([await rowsOf(app, job), app.logged, app.kicks, app.events, app.results]);
    expect(kept).toContain('"outputsBy":"url"');
    expect(kept).not.toMatch(/sig=/);
    expect(kept).not.toContain(addressIn(app).searchParams.get('sig'));
  });

  test('waits while the storage account is out of reach, and ends when it stays so', async () => {
    const app = await toCreate(SPEC, { containers: unreachable() });
    await expect(step(app)).rejects.toThrow(RetryableError);
    expect((await attemptIn(app, 1, job)).intent).toEqual({ kind: 'none' });
    app.pass(24 * 3600);
    await step(app);
    expect(await attemptIn(app, 1, job)).toMatchObject({
      intent: { kind: 'closed' },
      verdict: { kind: 'failed', reason: { code: 'refused', class: 'infrastructure' } },
    });
    expect(app.backend.creates).toEqual([]);
  });

  test('is refused where the placement keeps none by now', async () => {
    const none = await toCreate(SPEC, { placement: testPlacement({ outputs: 'none' }) });
    await step(none);
    expect((await attemptIn(none, 1, job)).verdict).toMatchObject({
      reason: { code: 'refused', message: 'Placement eastus keeps no outputs ("outputs": "none").' },
    });
    expect(none.backend.creates).toEqual([]);
  });

  test('asks for nothing where the spec has no outputs', async () => {
    const app = await toCreate({ image: 'example/program:1' }, { containers: unreachable() });
    await step(app);
    expect(app.backend.creates[0]?.told).toEqual({ variables: {}, secrets: {} });
  });

  test('goes on with what its preparation began with, whatever the configuration says by now', async () => {
    const placement = testPlacement({
      volumes: { results: { share: { url: 'https://acct.file.core.windows.net/r', keyRef: 'k' } } },
      outputs: { volume: 'results' },
    });
    const expires = NEW_YEAR + 7_200_000;
    const prepared = {
      preparedAt: NEW_YEAR,
      createdAt: NEW_YEAR,
      expiresAt: expires,
      outputsBy: 'url' as const,
    };
    const app = await toCreate(SPEC, { placement, attempt: prepared });
    await outputContainersAt(azurite.connectionString).of(job).make();
    app.backend.preparing({ kind: 'ready' });
    app.backend.looks = [{ kind: 'prepared' }];
    await step(app);
    expect(await attemptIn(app, 1, job)).toMatchObject({ outputsBy: 'url' });
  });
});

describe('what a program uploads', () => {
  async function settled(files: Readonly<Record<string, string>>): Promise<{ app: TestApp; address: URL }> {
    const app = await toCreate(SPEC, { realTime: true });
    await step(app);
    const address = addressIn(app);
    for (const [name, text] of Object.entries(files))
      expect((await put(address, name, text)).status).toBe(201);
    const { row, etag } = (await rowsOf(app, job)).attempts[0] ?? {};
    if (row === undefined || etag === undefined) throw new Error('There is no attempt.');
    const over: AttemptRow = {
      ...row,
      seen: true,
      verdict: { kind: 'succeeded', exitCode: 0 },
      cleanup: 'requested',
      removalRequestedAt: Date.now(),
    };
    await app.jobs.commit(job, [{ kind: 'replace-attempt', row: over, etag }]);
    app.backend.looks = [present()];
    await step(app);
    return { app, address };
  }

  test('is listed when the attempt settles, and what comes later is late', async () => {
    const { app, address } = await settled({ 'model/weights.bin': 'abc', 'report.txt': 'hello' });
    const row = await attemptIn(app, 1, job);
    expect(row.outputs).toMatchObject({ state: 'listed', files: 2, bytes: 8 });
    await put(address, 'model/weights.bin', 'abcd');
    await put(address, 'more', 'x');
    expect((await shownOutputs(app.ports, row)).files).toMatchObject([
      { path: 'model/weights.bin', bytes: 3 },
      { path: 'report.txt', bytes: 5 },
    ]);
    expect((await lateOutputs(app.ports, row)).files).toMatchObject([
      { path: 'model/weights.bin', bytes: 4, late: 'changed' },
      { path: 'more', bytes: 1, late: 'added' },
    ]);
  });

  test('is found when the placement is not configured any more', async () => {
    const { app } = await settled({ 'report.txt': 'hello' });
    const row = { ...(await attemptIn(app, 1, job)), outputs: { state: 'open' as const } };
    const shown = await shownOutputs({ ...app.ports, placements: [] }, row);
    expect(shown.files).toMatchObject([{ path: 'report.txt', bytes: 5 }]);
  });
});

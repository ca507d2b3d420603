import { RetryableError } from '../../../domain/errors';
import type { Placement } from '../../../domain/placement/placement';
import type { SecretVault, VaultAnswer } from '../../../domain/ports/secret-vault';
import type { JobSpec } from '../../../domain/spec/job-spec';
import { advance } from '../../../jobs/attempt/advance';
import { attemptIn, rowsOf, type TestApp, testApp, withAttempt } from '../../support/app/test-app';
import { mountingFacts } from '../../support/mounting-facts';
import { testPlacement } from '../../support/placements';
import { testJobId } from '../../support/rows';

const STORY = { jobId: testJobId(1), attempt: 1, epoch: 1 };
const SPEC: JobSpec = {
  image: 'example/program:1',
  env: { TOKEN: { secretRef: 'api-token' }, PLAIN: 'text' },
  registry: { server: 'example.azurecr.io', username: 'me', passwordRef: 'registry-password' },
};

/** Its volume is mounted with the key of its account. */
const MOUNTING: Placement = {
  ...testPlacement({ identities: undefined, volumes: undefined }),
  volumes: {
    results: { share: { url: 'https://account.file.core.windows.net/results', keyRef: 'results-key' } },
    unused: { share: { url: 'https://account.file.core.windows.net/unused', keyRef: 'unused-key' } },
  },
};

async function admitted(
  answers: Record<string, VaultAnswer | Error>,
  spec: JobSpec = SPEC,
  over: Parameters<typeof testApp>[0] = {},
): Promise<TestApp> {
  const vault: SecretVault = {
    read: (name) => {
      const answer = answers[name] ?? { kind: 'missing', why: `no ${name}` };
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  const app = testApp({ vault, ...over });
  const specHash = 'b'.repeat(64);
  await app.ports.specs.put(specHash, spec); // Stored first, so it stays: equal hashes mean equal specs.
  await withAttempt(app, {}, { specHash });
  return app;
}

const create = (app: TestApp): Promise<unknown> => advance(app.ports, STORY);
const found = (value: string): VaultAnswer => ({ kind: 'found', value });

describe('references to a key vault', () => {
  test('are read when the workload is created, and go into the create alone', async () => {
    const app = await admitted({ 'api-token': found('sesame'), 'registry-password': found('hunter2') });
    await create(app);
    expect(app.backend.creates).toMatchObject([
      { secrets: { TOKEN: 'sesame' }, registryPassword: 'hunter2' },
    ]);
    const kept = JSON.stringify([await rowsOf(app), app.logged]);
    expect([kept.includes('sesame'), kept.includes('hunter2')]).toEqual([false, false]);
  });

  test('to a secret that is missing end the job as its user’s fault, and nothing is created', async () => {
    const app = await admitted({ 'api-token': found('sesame') });
    await create(app);
    expect(app.backend.creates).toEqual([]);
    expect(await attemptIn(app)).toMatchObject({
      verdict: {
        kind: 'failed',
        reason: { code: 'refused', class: 'user', message: 'no registry-password' },
      },
      intent: { kind: 'closed' },
      cleanup: 'gone',
    });
  });

  test('that the app may not read are the deployment’s fault', async () => {
    const app = await admitted({ 'api-token': { kind: 'forbidden', why: 'give it the role' } });
    await create(app);
    expect(await attemptIn(app)).toMatchObject({
      verdict: { kind: 'failed', reason: { code: 'refused', class: 'infrastructure' } },
    });
  });

  test('are tried again while the vault does not answer: no intent is written', async () => {
    const app = await admitted({ 'api-token': new RetryableError('the vault is away') });
    await expect(create(app)).rejects.toThrow('the vault is away');
    expect(await attemptIn(app)).toMatchObject({ intent: { kind: 'none' } });
    expect(app.backend.asked).toEqual([]);
  });
});

describe("the keys of volumes' shares", () => {
  const spec: JobSpec = { image: 'a', volumes: [{ name: 'results', path: '/results' }] };
  const mounting = (volumeKeys: boolean): Parameters<typeof testApp>[0] => ({
    placements: [MOUNTING],
    factsOf: () => mountingFacts({ volumeKeys }),
  });

  test('are read for what is mounted, and go into the create alone', async () => {
    const app = await admitted({ 'results-key': found('open sesame') }, spec, mounting(true));
    await create(app);
    expect(app.backend.creates).toMatchObject([
      {
        mounts: [{ volume: 'results', path: '/results', readOnly: false }],
        volumeKeys: { results: 'open sesame' },
      },
    ]);
    expect(JSON.stringify([await rowsOf(app), app.logged])).not.toContain('sesame');
  });

  test('are not read where the platform mounts without them', async () => {
    const app = await admitted({}, spec, mounting(false));
    await create(app);
    expect(app.backend.creates).toMatchObject([{ volumeKeys: {} }]);
  });

  test('that are missing are the deployment’s fault, so another placement is tried', async () => {
    const app = await admitted({}, spec, mounting(true));
    await create(app);
    expect(app.backend.creates).toEqual([]);
    expect(await attemptIn(app)).toMatchObject({
      verdict: { reason: { code: 'refused', class: 'infrastructure', message: 'no results-key' } },
    });
  });
});

// The API server while its storage hangs or a policy refuses Jobs, and its word on its own health.
import type { Json } from '../../../standins/kubernetes/store/json';
import { ConnectionLost } from '../../../standins/wire/handler';
import { recordedAnswer } from './recordings';
import { setStage, type Stage } from './support';

const JOBS = '/apis/batch/v1/namespaces/gpu-jobs/jobs';
const LATE = recordedJob('late');

function recordedJob(name: string): Json {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      suspend: true,
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:local' }] } },
    },
  };
}

async function hanging(keepsWrites = false): Promise<Stage> {
  const stage = setStage();
  expect((await stage.ask('POST', JOBS, { body: recordedJob('c-0') })).status).toBe(201);
  stage.standIn.inject({ kind: 'storage-hangs', on: true, keepsWrites });
  return stage;
}

function recovered(stage: Stage): void {
  stage.standIn.inject({ kind: 'storage-hangs', on: false, keepsWrites: false });
}

describe('While the storage hangs', () => {
  test('a read breaks off at its timeout', async () => {
    const stage = await hanging();
    await expect(stage.ask('GET', `${JOBS}/c-0?timeout=2s`)).rejects.toThrow(ConnectionLost);
  });

  test('a create ends at its timeout, as recorded, and has made nothing', async () => {
    const stage = await hanging();
    expect(await stage.play('M21-504-create-timeout')).toEqual(recordedAnswer('M21-504-create-timeout'));
    recovered(stage);
    expect((await stage.ask('GET', `${JOBS}/late`)).status).toBe(404);
    expect((await stage.ask('GET', `${JOBS}/c-0`)).status).toBe(200);
  });

  test('a create that timed out may be carried out all the same', async () => {
    const stage = await hanging(true);
    expect((await stage.ask('POST', `${JOBS}?timeout=2s`, { body: LATE })).status).toBe(504);
    recovered(stage);
    expect((await stage.ask('GET', `${JOBS}/late`)).status).toBe(200);
  });

  test('the server is not ready, as recorded, and says which checks fail', async () => {
    const stage = await hanging();
    expect(await stage.play('M22-readyz-500')).toEqual(recordedAnswer('M22-readyz-500'));
    expect((await stage.ask('GET', '/livez')).status).toBe(500);
    expect((await stage.ask('GET', '/readyz/etcd')).status).toBe(500);
    expect((await stage.ask('GET', '/readyz/ping')).text).toBe('ok');
    expect((await stage.ask('GET', '/livez?exclude=etcd')).text).toBe('ok');
  });

  test('what the server has in its cache is still answered: a list at any version', async () => {
    const stage = await hanging();
    expect((await stage.ask('GET', `${JOBS}?resourceVersion=0`)).status).toBe(200);
  });

  test('a request that waits ends with the cluster', async () => {
    const stage = await hanging();
    const asked = Promise.resolve(
      stage.standIn.handle({
        method: 'GET',
        url: new URL(`http://127.0.0.1:6443${JOBS}/c-0`),
        headers: { authorization: 'Bearer token-of-runner' },
        body: Buffer.alloc(0),
      }),
    );
    await stage.standIn.close();
    await expect(asked).rejects.toThrow(ConnectionLost);
  });
});

describe('A policy that refuses Jobs', () => {
  const fault = {
    kind: 'policy-denies',
    policy: 'must-have-deadline',
    binding: 'b',
    message: 'GPU Jobs must set activeDeadlineSeconds',
  } as const;

  test('answers as recorded, until it is taken back', async () => {
    const stage = setStage();
    stage.standIn.inject(fault);
    expect(await stage.play('O14-policy-denied-422')).toEqual(recordedAnswer('O14-policy-denied-422'));
    stage.standIn.inject({ ...fault, message: '' });
    expect((await stage.ask('POST', JOBS, { body: LATE })).status).toBe(201);
  });

  test('leaves it to the API to refuse what is no Job', async () => {
    const stage = setStage();
    stage.standIn.inject(fault);
    expect((await stage.ask('POST', JOBS, { body: { kind: 'Pod', apiVersion: 'v1' } })).status).toBe(400);
  });
});

describe('The health checks', () => {
  test('are named one by one on request, as recorded', async () => {
    const stage = setStage();
    expect(await stage.play('A03-readyz-verbose')).toEqual(recordedAnswer('A03-readyz-verbose'));
  });

  test('of the older paths leave out what only readiness asks', async () => {
    const { text } = await setStage().ask('GET', '/livez?verbose');
    expect(text).toContain('[+]etcd ok\n');
    expect(text).not.toContain('shutdown');
    expect(text).toMatch(/livez check passed\n$/);
  });

  test('say what there is none of', async () => {
    const stage = setStage();
    expect((await stage.ask('GET', '/readyz/nope')).status).toBe(404);
    expect((await stage.ask('GET', '/readyz?verbose&exclude=nope&exclude=log')).text).toContain(
      '[+]log excluded: ok\n',
    );
    expect((await stage.ask('GET', '/readyz?verbose&exclude=nope')).text).toContain(
      'warn: some health checks cannot be excluded: no matches for "nope"\n',
    );
  });
});

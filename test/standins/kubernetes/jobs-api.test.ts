// Creating, reading, listing, watching and deleting Jobs, as it was recorded of a real API server.
import { at, type Json, type JsonObject, listAt, textAt } from '../../../standins/kubernetes/store/json';
import { withMeta } from '../../../standins/kubernetes/store/kube-object';
import { recordedAnswer } from './recordings';
import { setStage } from './support';

const JOBS = '/apis/batch/v1/namespaces/gpu-jobs/jobs';

/** A suspended Job, which no controller starts. */
function job(name: string, labels: Record<string, string> = {}): JsonObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels },
    spec: {
      suspend: true,
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1' }] } },
    },
  };
}

function names(list: Json): readonly (string | undefined)[] {
  return listAt(list, 'items').map((item) => textAt(item, 'metadata', 'name'));
}

test.each([
  'C01-create-tf-mnist',
  'C33-create-all-options',
  'C29-generate-name',
  'C25-yaml-body',
  'C26-dryrun',
])('%s makes the recorded object', async (id) => {
  expect(await setStage().play(id)).toEqual(recordedAnswer(id));
});

test('a name that is taken, by a Job that is there or on its way out, is a conflict', async () => {
  const stage = setStage();
  await stage.play('C01-create-tf-mnist');
  expect(await stage.play('C02-create-409-exists')).toEqual(recordedAnswer('C02-create-409-exists'));
  await stage.ask('POST', JOBS, { body: job('running') });
  await stage.ask('DELETE', `${JOBS}/running`);
  expect(await stage.play('L16-09-create-same-name')).toEqual(recordedAnswer('L16-09-create-same-name'));
});

test('a list comes in chunks that all show one version, whatever happens meanwhile', async () => {
  const stage = setStage();
  for (const name of ['a', 'b', 'c']) await stage.ask('POST', JOBS, { body: job(name) });
  const first = await stage.ask('GET', `${JOBS}?limit=2`);
  expect([names(first.body), at(first.body, 'metadata', 'remainingItemCount')]).toEqual([['a', 'b'], 1]);
  await stage.ask('DELETE', `${JOBS}/c?propagationPolicy=Background`);
  await stage.ask('POST', JOBS, { body: job('d') });
  const token = textAt(first.body, 'metadata', 'continue') ?? '';
  const rest = await stage.ask('GET', `${JOBS}?limit=2&continue=${token}`);
  expect(names(rest.body)).toEqual(['c']);
  expect(textAt(rest.body, 'metadata', 'resourceVersion')).toBe(
    textAt(first.body, 'metadata', 'resourceVersion'),
  );
});

test('a watch from a list on sees each change once; what leaves its selector is gone for it', async () => {
  const stage = setStage();
  await stage.ask('POST', JOBS, { body: job('before', { batch: 'one' }) });
  const version = textAt((await stage.ask('GET', JOBS)).body, 'metadata', 'resourceVersion') ?? '';
  const watch = await stage.follow(`${JOBS}?watch=1&resourceVersion=${version}&labelSelector=batch%3Done`);
  await stage.ask('POST', JOBS, { body: job('other', { batch: 'two' }) });
  await stage.ask('POST', JOBS, { body: job('mine', { batch: 'one' }) });
  const key = { resource: 'jobs.batch', namespace: 'gpu-jobs', name: 'mine' };
  stage.standIn.store.update(key, (current) => withMeta(current, { labels: { batch: 'two' } }));
  await stage.ask('DELETE', `${JOBS}/before?propagationPolicy=Background`);
  expect(
    watch.lines.map((line) => [textAt(line, 'type'), textAt(line, 'object', 'metadata', 'name')]),
  ).toEqual([
    ['ADDED', 'mine'],
    ['MODIFIED', 'mine'], // The Job controller's first word.
    ['DELETED', 'mine'],
    ['DELETED', 'before'],
  ]);
  expect(at(watch.lines[2], 'object', 'metadata', 'labels')).toEqual({ batch: 'one' });
  await stage.standIn.close();
  expect(watch.ended()).toBe('end');
});

test.each(['Foreground', 'Background', 'Orphan'])(
  'a deletion %s treats the pods as its name says',
  async (policy) => {
    const stage = setStage();
    const { body } = await stage.ask('POST', JOBS, { body: job('owner') });
    const uid = textAt(body, 'metadata', 'uid') ?? '';
    const owner = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      name: 'owner',
      uid,
      controller: true,
      blockOwnerDeletion: true,
    };
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'owned', ownerReferences: [owner] },
      spec: { containers: [{ name: 'main', image: 'busybox:1' }] },
    };
    await stage.ask('POST', '/api/v1/namespaces/gpu-jobs/pods', { as: 'admin', body: pod });
    await stage.ask('DELETE', `${JOBS}/owner?propagationPolicy=${policy}`);
    await stage.advance(1000);
    const left = await stage.ask('GET', '/api/v1/namespaces/gpu-jobs/pods');
    expect((await stage.ask('GET', `${JOBS}/owner`)).status).toBe(404);
    expect(names(left.body)).toEqual(policy === 'Orphan' ? ['owned'] : []);
    expect(listAt(left.body, 'items').map((item) => at(item, 'metadata', 'ownerReferences'))).toEqual(
      policy === 'Orphan' ? [undefined] : [],
    );
  },
);

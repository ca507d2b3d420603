// Patches, updates, applies and deletions of Jobs, as they were recorded of a real API server.
import { at, type Json, textAt } from '../../../standins/kubernetes/store/json';
import { recordedAnswer } from './recordings';
import { setStage, type Stage } from './support';

const JOBS = '/apis/batch/v1/namespaces/gpu-jobs/jobs';

/** The Jobs that the recordings change, made as they were made there. */
async function withLists(): Promise<Stage> {
  const stage = setStage();
  await stage.play('C01-create-tf-mnist');
  for (const name of ['list-0', 'list-1', 'list-2']) await stage.ask('POST', JOBS, { body: suspended(name) });
  return stage;
}

function suspended(name: string): Json {
  const labels = { 'app.kubernetes.io/managed-by': 'gpu-job-runner' };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels: { ...labels, batch: 'list' } },
    spec: {
      backoffLimit: 0,
      suspend: true,
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          tolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }],
          containers: [
            { name: 'main', image: 'busybox:local', resources: { limits: { 'nvidia.com/gpu': 1 } } },
          ],
        },
      },
    },
  };
}

test.each(['G02-patch-immutable-422', 'G05-json-patch-test-fails', 'G06-patch-415', 'H04-delete-uid-409'])(
  '%s is answered as recorded',
  async (id) => {
    const recorded = JSON.stringify(recordedAnswer(id));
    expect(JSON.stringify(await (await withLists()).play(id))).toBe(recorded);
  },
);

test('the template of a Job that has started does not change, and the refusal shows it as the server keeps it', async () => {
  const stage = await withLists();
  const key = { resource: 'jobs.batch', namespace: 'gpu-jobs', name: 'samples-tf-mnist-demo' };
  stage.standIn.store.update(key, (job) => ({ ...job, status: { startTime: '2026-01-01T00:00:06Z' } }));
  const id = 'G03-patch-template-suspended';
  expect(await stage.play(id)).toEqual(recordedAnswer(id));
});

test('a JSON patch changes what it says, if its tests hold', async () => {
  const stage = await withLists();
  const body = { metadata: { annotations: { a: '1', b: '2' } } };
  const headers = { 'content-type': 'application/merge-patch+json' };
  const annotated = await stage.ask('PATCH', `${JOBS}/list-0`, { body, headers });
  expect(at(annotated.body, 'metadata', 'annotations')).toEqual({ a: '1', b: '2' });
  expect((await stage.play('G04-json-patch')).status).toBe(200);
  const { body: after } = await stage.ask('GET', `${JOBS}/list-0`);
  expect(at(after, 'metadata', 'annotations')).toEqual({ b: '2' });
  expect((await stage.play('G04-json-patch')).status).toBe(422);
});

test('an update from an old version is a conflict', async () => {
  const stage = await withLists();
  const { body } = await stage.ask('GET', `${JOBS}/list-1`);
  const headers = { 'content-type': 'application/merge-patch+json' };
  await stage.ask('PATCH', `${JOBS}/list-1`, { body: { metadata: { annotations: { v: '1' } } }, headers });
  const answer = await stage.ask('PUT', `${JOBS}/list-1`, { body });
  expect(answer.body).toEqual(recordedAnswer('G07-put-409-conflict').body);
});

test('an apply makes a Job, changes nothing the second time, and yields to the owner of a field', async () => {
  const stage = setStage();
  expect(await stage.play('G08-apply-create')).toEqual(recordedAnswer('G08-apply-create'));
  const version = async (): Promise<string | undefined> =>
    textAt((await stage.ask('GET', `${JOBS}/applied`)).body, 'metadata', 'resourceVersion');
  const before = await version();
  expect((await stage.play('G09-apply-again')).status).toBe(200);
  expect(await version()).toBe(before);
  expect(await stage.play('G10-apply-conflict-409')).toEqual(recordedAnswer('G10-apply-conflict-409'));
});

test('an apply with force takes the field over, and what a manager no longer wants goes', async () => {
  const stage = setStage();
  const apply = async (manager: string, annotations: Json, query = ''): Promise<Json> => {
    const body = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'applied', annotations } };
    const path = `${JOBS}/applied?fieldManager=${manager}${query}`;
    const headers = { 'content-type': 'application/apply-patch+yaml' };
    return (await stage.ask('PATCH', path, { body, headers })).body;
  };
  await stage.play('G08-apply-create');
  await apply('one', { a: '1', b: '1' });
  expect(textAt(await apply('two', { a: '2' }), 'message')).toBe(
    'Apply failed with 1 conflict: conflict with "one": .metadata.annotations.a',
  );
  expect(at(await apply('two', { a: '2' }, '&force=true'), 'metadata', 'annotations')).toEqual({
    a: '2',
    b: '1',
  });
  expect(at(await apply('one', { c: '3' }), 'metadata', 'annotations')).toEqual({ a: '2', c: '3' });
});

test('kubectl’s patch merges lists by their keys and takes away what it marks', async () => {
  const stage = await withLists();
  const headers = { 'content-type': 'application/strategic-merge-patch+json' };
  const patch = async (metadata: Json): Promise<Json> =>
    (await stage.ask('PATCH', `${JOBS}/list-0`, { body: { metadata }, headers })).body;
  const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: '1' };
  await patch({ ownerReferences: [owner], finalizers: ['example.com/a'] });
  const body = await patch({
    ownerReferences: [
      { uid: '1', $patch: 'delete' },
      { ...owner, uid: '2' },
    ],
    finalizers: ['example.com/b'],
  });
  expect(at(body, 'metadata', 'ownerReferences')).toEqual([{ ...owner, uid: '2' }]);
  expect(at(body, 'metadata', 'finalizers')).toEqual(['example.com/a', 'example.com/b']);
});

test('a change of the spec counts as a generation, a change of labels does not', async () => {
  const stage = await withLists();
  const headers = { 'content-type': 'application/merge-patch+json' };
  const patch = async (body: Json): Promise<Json | undefined> =>
    at((await stage.ask('PATCH', `${JOBS}/list-0`, { body, headers })).body, 'metadata', 'generation');
  expect(await patch({ metadata: { labels: { a: '1' } } })).toBe(1);
  expect(await patch({ spec: { suspend: false } })).toBe(2);
});

test.each(['H01-delete-default', 'H05-delete-dryrun'])('%s is answered as recorded', async (id) => {
  const stage = await withLists();
  const recorded = recordedAnswer(id);
  const answer = await stage.play(id);
  const status = textAt(answer.body ?? null, 'kind') === 'Job' ? { status: at(recorded.body, 'status') } : {};
  expect({ ...answer, body: { ...(answer.body as object), ...status } }).toEqual(recorded);
});

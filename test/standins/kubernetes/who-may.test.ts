// Who may ask the API for what, as it was recorded of a real one.
import { writeServiceToken } from '../../../standins/kubernetes/access/service-token';
import { recordedAnswer } from './recordings';
import { setStage } from './support';

test.each([
  'A02-readyz',
  'B01-401-no-token',
  'B02-401-bad-token',
  'B04-403-list-other-namespace',
  'B05-403-create-job',
  'B06-403-get-job-named',
  'B07-403-pod-log',
  'B09-403-cluster-scope-nodes',
  'C04-get-job-status-subresource',
  'C30-404-unknown-path',
  'C32-405',
])('%s is answered as recorded', async (id) => {
  expect(await setStage().play(id)).toEqual(recordedAnswer(id));
});

test.each(['M10-403-anonymous', 'M11-anonymous-version'])(
  '%s is answered as recorded where requests without credentials are let in',
  async (id) => {
    expect(await setStage({ anonymous: true }).play(id)).toEqual(recordedAnswer(id));
  },
);

test('a token of the cluster lets in under any case of its scheme, and no other token does', async () => {
  const stage = setStage();
  const path = '/apis/batch/v1/namespaces/gpu-jobs/jobs';
  const asked = async (authorization: string): Promise<number> =>
    (await stage.ask('GET', path, { headers: { authorization } })).status;
  expect(await asked('bearer token-of-runner')).toBe(200);
  expect(await asked('Basic token-of-runner')).toBe(401);
  expect(await asked('Bearer token-of-runne')).toBe(401);
});

test('a service account may what its role says, for as long as its token and it itself last', async () => {
  const stage = setStage();
  const key = { resource: 'serviceaccounts', namespace: 'gpu-jobs', name: 'gpu-runner' };
  const uid = stage.standIn.store.get(key)?.metadata.uid ?? '';
  const issuedAt = Date.UTC(2026, 0, 1);
  const token = writeServiceToken({
    ...{ namespace: 'gpu-jobs', name: 'gpu-runner', uid, id: 'one', audiences: [] },
    ...{ issuedAt, expiresAt: issuedAt + 3_600_000 },
  });
  const asked = async (path: string): Promise<number> =>
    (await stage.ask('GET', path, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await asked('/api/v1/namespaces/gpu-jobs/pods')).toBe(200);
  expect(await asked('/api/v1/namespaces/kube-system/pods')).toBe(403);
  await stage.advance(3_600_000);
  expect(await asked('/api/v1/namespaces/gpu-jobs/pods')).toBe(401);
});

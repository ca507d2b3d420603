// What the API server does to pods and refuses beyond what is wrong with them, as it was recorded of a real one.
import { at, listAt, textAt } from '../../../standins/kubernetes/store/json';
import { recordedAnswer } from './recordings';
import { setStage } from './support';

test('a pod gets its account, its token, its priority and its patience with nodes that fail', async () => {
  const id = 'I03-pod-quota-must-specify-403';
  expect(await setStage().play(id)).toEqual(recordedAnswer(id));
});

test('a namespace holds as many GPUs and Jobs as its quota allows, and says so', async () => {
  const stage = setStage();
  await stage.advance(1);
  const used = await stage.ask('GET', '/api/v1/namespaces/gpu-quota/resourcequotas/gpu-quota');
  expect(at(used.body, 'status')).toEqual(at(recordedAnswer('I01-quota-get').body, 'status'));
  expect(await stage.play('I02-pod-quota-403')).toEqual(recordedAnswer('I02-pod-quota-403'));
  expect(await stage.play('I04-job-accepted-over-quota')).toEqual(
    recordedAnswer('I04-job-accepted-over-quota'),
  );
  const body = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'two' }, spec: SUSPENDED };
  await stage.ask('POST', '/apis/batch/v1/namespaces/gpu-quota/jobs', { body });
  expect(await stage.play('I07-job-count-quota-403')).toEqual(recordedAnswer('I07-job-count-quota-403'));
  await stage.ask('DELETE', '/apis/batch/v1/namespaces/gpu-quota/jobs/two?propagationPolicy=Background');
  await stage.advance(1);
  expect((await stage.play('I07-job-count-quota-403')).status).toBe(201);
});

const SUSPENDED = {
  suspend: true,
  template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1' }] } },
};

test('a namespace that is ending takes nothing new, and then is gone', async () => {
  const stage = setStage();
  const path = '/api/v1/namespaces/gone';
  await stage.ask('POST', '/api/v1/namespaces', {
    as: 'admin',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gone' } },
  });
  expect(await stage.play('J01-ns-delete')).toEqual(recordedAnswer('J01-ns-delete'));
  expect(await stage.play('J02-create-in-terminating-ns-403')).toEqual(
    recordedAnswer('J02-create-in-terminating-ns-403'),
  );
  await stage.advance(10_000);
  expect((await stage.ask('GET', path, { as: 'admin' })).status).toBe(404);
  expect(await stage.play('C06-create-ns-404')).toEqual(recordedAnswer('C06-create-ns-404'));
});

test('Pod Security warns of a Job whose pods it will refuse', async () => {
  const id = 'O04-podsecurity-job-warning';
  expect(await setStage().play(id)).toEqual(recordedAnswer(id));
});

test('Pod Security refuses the pod itself in the recorded words', async () => {
  const stage = setStage();
  const body = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'ps-cm5c7' },
    spec: SUSPENDED.template.spec,
  };
  const pod = { ...body, spec: { containers: [{ name: 'main', image: 'busybox:1' }] } };
  const answer = await stage.ask('POST', '/api/v1/namespaces/strict/pods', { as: 'admin', body: pod });
  const [event] = listAt(recordedAnswer('O05-podsecurity-event').body, 'items');
  expect([answer.status, `Error creating: ${textAt(answer.body, 'message') ?? ''}`]).toEqual([
    403,
    textAt(event, 'message'),
  ]);
});

test.each([
  ['serviceaccount', { serviceAccountName: 'absent' }],
  ['priorityclass', { priorityClassName: 'absent' }],
  ['runtimeclass', { runtimeClassName: 'absent' }],
])('a pod whose %s is not there is refused by the name it was sent with', async (what, spec) => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: `no-${what}-` },
    spec: { ...spec, containers: [{ name: 'main', image: 'busybox:1' }] },
  };
  const answer = await setStage().ask('POST', '/api/v1/namespaces/gpu-jobs/pods', { as: 'admin', body: pod });
  const [event] = listAt(recordedAnswer(`O08-events-no-${what}`).body, 'items');
  expect([answer.status, `Error creating: ${textAt(answer.body, 'message') ?? ''}`]).toEqual([
    403,
    textAt(event, 'message'),
  ]);
});

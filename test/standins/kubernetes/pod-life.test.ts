// What becomes of pods beside their status: logs, events, evictions, nodes that come and go, the ledger.
import type { Script } from '../../../standins/containers/scripted';
import { ledgerSchema } from '../../../standins/kubernetes/ledger';
import { at, isList, type Json, listAt, parseJson, textAt } from '../../../standins/kubernetes/store/json';
import { type LifeStage, setLifeStage } from './life-stage';
import { recordedBody, recordedText } from './recorded';
import { recordedAnswer } from './recordings';

const PODS = '/api/v1/namespaces/gpu-jobs/pods';
const RUNS_ON: Script = { prints: [{ atMs: 10, text: 'up\n' }] };

function jobOf(name: string, changes: Record<string, Json> = {}, container: Record<string, Json> = {}): Json {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      backoffLimit: 0,
      template: {
        spec: {
          restartPolicy: 'Never',
          tolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }],
          containers: [
            {
              name: 'main',
              image: 'busybox:local',
              resources: { limits: { 'nvidia.com/gpu': 1 } },
              ...container,
            },
          ],
          ...changes,
        },
      },
    },
  };
}

/** A Job that lives for so long; the name of its pod. */
async function podAfter(stage: LifeStage, job: Json, ms: number): Promise<string> {
  await stage.advance(1_000);
  const name = await stage.submit(job);
  await stage.advance(ms);
  const [pod] = stage.pods(name);
  return textAt(pod, 'metadata', 'name') ?? '';
}

function withPod(text: string, recorded: string, pod: string): string {
  return text.replaceAll(recorded, pod);
}

/** What events of an object say, oldest first. */
async function said(stage: LifeStage, name: string): Promise<string[]> {
  const { body } = await stage.ask(
    'GET',
    `/api/v1/namespaces/gpu-jobs/events?fieldSelector=involvedObject.name%3D${name}`,
    { as: 'admin' },
  );
  const items = at(body, 'items');
  return (isList(items) ? items : [])
    .map((item) => `${textAt(item, 'reason') ?? ''}: ${textAt(item, 'message') ?? ''}`)
    .sort();
}

describe("A pod's log", () => {
  test('is empty without a word before the pod has a node', async () => {
    const stage = setLifeStage(RUNS_ON, { pools: [] });
    const pod = await podAfter(stage, jobOf('early'), 500);
    const { status, text } = await stage.ask('GET', `${PODS}/${pod}/log`);
    expect({ status, text }).toEqual({ status: 204, text: '' });
  });

  test('is refused while the container is being created', async () => {
    const stage = setLifeStage(RUNS_ON, { sandboxMs: 60_000 });
    const pod = await podAfter(stage, jobOf('follow'), 1_000);
    const { status, text } = await stage.ask('GET', `${PODS}/${pod}/log`);
    const recorded = JSON.stringify(recordedBody('L2-01-log-containercreating'));
    expect(status).toBe(400);
    expect(JSON.parse(text)).toEqual(JSON.parse(withPod(recorded, 'follow-mn725', pod)));
  });

  test.each([
    ['ErrImagePull', 'L8-02-log-errimagepull', 2_500],
    ['ImagePullBackOff', 'L8-04-log-imagepullbackoff', 15_500],
  ])('is refused with the words for %s', async (_, id, ms) => {
    const stage = setLifeStage(RUNS_ON, {}, () => ({ kind: 'inaccessible' }));
    const pod = await podAfter(
      stage,
      jobOf('pullfail', {}, { image: '127.0.0.1:5055/train/missing:v9' }),
      ms,
    );
    const { text } = await stage.ask('GET', `${PODS}/${pod}/log`);
    expect(JSON.parse(text)).toEqual(
      JSON.parse(withPod(JSON.stringify(recordedBody(id)), 'pullfail-xft26', pod)),
    );
  });

  test('must name one of several containers, and one that is there', async () => {
    const two = [
      { name: 'a', image: 'busybox:local' },
      { name: 'b', image: 'busybox:local' },
    ];
    const init = [{ name: 'prep', image: 'busybox:local' }];
    const stage = setLifeStage(({ containerName }) =>
      containerName === 'prep'
        ? { prints: [{ atMs: 1, text: 'prep\n' }], exit: { atMs: 9, code: 0 } }
        : RUNS_ON,
    );
    const pod = await podAfter(stage, jobOf('two', { containers: two, initContainers: init }), 5_000);
    const unnamed = await stage.ask('GET', `${PODS}/${pod}/log`);
    expect(unnamed.body).toEqual(
      JSON.parse(withPod(JSON.stringify(recordedBody('L18-01-log-must-choose')), 'two-s479h', pod)),
    );
    const unknown = await stage.ask('GET', `${PODS}/${pod}/log?container=zzz`);
    expect(unknown.body).toEqual(
      JSON.parse(withPod(JSON.stringify(recordedBody('L18-03-log-bad-container')), 'two-s479h', pod)),
    );
    expect((await stage.ask('GET', `${PODS}/${pod}/log?container=prep`)).text).toBe('prep\n');
    expect((await stage.ask('GET', `${PODS}/${pod}/log?container=a`)).text).toBe('up\n');
  });

  test.each(['E06-log-bad-params', 'E07-log-bad-tail', 'E08-log-bad-sincetime', 'E09-log-limit-zero'])(
    'is refused for options that mean nothing: %s',
    async (id) => {
      const stage = setLifeStage(RUNS_ON);
      expect(await stage.play(id)).toEqual(recordedAnswer(id));
    },
  );

  test('of the run before is there after a restart, and none before it', async () => {
    let starts = 0;
    const stage = setLifeStage(() => ({
      prints: [{ atMs: 1, text: `run ${(starts += 1)}\n` }],
      ...(starts < 3 && { exit: { atMs: 100, code: 1 } }),
    }));
    const job = jobOf('crashing', { restartPolicy: 'OnFailure' });
    await stage.advance(1_000);
    const name = await stage.submit(withBackOffLimit(job, 6));
    await stage.advance(1_000);
    const pod = textAt(stage.pods(name)[0], 'metadata', 'name') ?? '';
    const before = await stage.ask('GET', `${PODS}/${pod}/log?previous=true`);
    expect(before.status).toBe(400);
    expect(before.text).toContain('previous terminated container \\"main\\" in pod');
    await stage.advance(20_000);
    expect((await stage.ask('GET', `${PODS}/${pod}/log?previous=true`)).text).toBe('run 2\n');
    expect((await stage.ask('GET', `${PODS}/${pod}/log`)).text).toBe('run 3\n');
  });

  test('is followed through a deletion to the last line of the grace', async () => {
    const stage = setLifeStage({
      prints: [{ atMs: 10, text: '"line 0"\n' }],
      onStop: { prints: [{ atMs: 500, text: '"got TERM"\n' }], exit: { atMs: 600, code: 0 } },
    });
    const pod = await podAfter(stage, jobOf('cut'), 2_000);
    const followed = await stage.follow(`${PODS}/${pod}/log?follow=true`);
    await stage.ask('DELETE', '/apis/batch/v1/namespaces/gpu-jobs/jobs/cut?propagationPolicy=Background');
    await stage.advance(10_000);
    expect(followed.lines).toEqual(['line 0', 'got TERM']);
    expect(followed.ended()).toBe('end');
    expect((await stage.ask('GET', `${PODS}/${pod}/log`)).status).toBe(404);
  });

  test('of a pod that its kubelet has evicted is an error text with status 200', async () => {
    const stage = setLifeStage(RUNS_ON);
    const pod = await podAfter(stage, jobOf('evicted'), 5_000);
    const message = 'Usage of EmptyDir volume "scratch" exceeds the limit "1Mi". ';
    stage.standIn.inject({ kind: 'evict', namespace: 'gpu-jobs', pod, message });
    await stage.advance(40_000);
    const { status, text } = await stage.ask('GET', `${PODS}/${pod}/log`);
    expect(status).toBe(200);
    const withoutId = (body: string): string => body.replace(/containerd:\/\/[0-9a-f]{64}/, '<id>');
    expect(withoutId(text)).toBe(withoutId(recordedText('L27-03-log')));
    expect(at(stage.pods('evicted')[0], 'status')).toMatchObject({ phase: 'Failed', reason: 'Evicted' });
  });

  test('can not be had while the kubelet is down', async () => {
    const stage = setLifeStage(RUNS_ON);
    const pod = await podAfter(stage, jobOf('lost'), 5_000);
    stage.standIn.inject({ kind: 'kubelet-down', node: 'aks-gpunp-000000', forMs: 60_000 });
    const { status, text } = await stage.ask('GET', `${PODS}/${pod}/log`);
    expect(status).toBe(500);
    expect(JSON.parse(text)).toEqual(
      JSON.parse(withPod(JSON.stringify(recordedBody('N01-log-kubelet-down')), 'lost-2c6mz', pod)),
    );
  });
});

function withBackOffLimit(job: Json, backoffLimit: number): Json {
  const copy = JSON.parse(JSON.stringify(job)) as { spec: { backoffLimit: number } };
  copy.spec.backoffLimit = backoffLimit;
  return JSON.parse(JSON.stringify(copy)) as Json;
}

describe('Events of a pod', () => {
  test('tell of an image that is not there, in the recorded words', async () => {
    const stage = setLifeStage(RUNS_ON, {}, () => ({ kind: 'inaccessible' }));
    const pod = await podAfter(
      stage,
      jobOf('pullfail', {}, { image: '127.0.0.1:5055/train/missing:v9' }),
      6_000,
    );
    const recorded = at(recordedBody('L8-06-events-pod') as Json, 'items');
    const words = (isList(recorded) ? recorded : []).map(
      (item) => `${textAt(item, 'reason') ?? ''}: ${textAt(item, 'message') ?? ''}`,
    );
    expect(await said(stage, pod)).toEqual(words.map((text) => withPod(text, 'pullfail-xft26', pod)).sort());
  });

  test.each([
    ['badname', 'Bad Image!!', 'IfNotPresent'],
    ['never', 'busybox:absent', 'Never'],
  ])(
    'tell twice and in the recorded words of an image that no pull brings: %s',
    async (name, image, policy) => {
      const stage = setLifeStage(RUNS_ON);
      const container = { image, imagePullPolicy: policy };
      const pod = await podAfter(stage, jobOf(`pull-${name}`, {}, container), 4_000);
      const { body } = await stage.ask(
        'GET',
        `/api/v1/namespaces/gpu-jobs/events?fieldSelector=involvedObject.name%3D${pod}`,
        { as: 'admin' },
      );
      const told = (events: Json | undefined): (string | undefined)[] =>
        listAt(events, 'items')
          .slice(1)
          .map(
            (item) =>
              `${textAt(item, 'reason')} ${JSON.stringify(at(item, 'count'))} ${textAt(item, 'message')}`,
          );
      const recorded = recordedBody(`L9-events-pull-${name}`);
      expect(told(body)).toEqual(told(parseJson(JSON.stringify(recorded))));
    },
  );

  test('tell of a Secret that is not there', async () => {
    const env = [{ name: 'A', valueFrom: { secretKeyRef: { name: 'absent', key: 'a' } } }];
    const stage = setLifeStage(RUNS_ON);
    const pod = await podAfter(stage, jobOf('noconfig', {}, { env }), 3_000);
    expect(await said(stage, pod)).toContain('Failed: Error: secret "absent" not found');
    expect(at(stage.pods('noconfig')[0], 'status', 'containerStatuses', 0, 'state')).toEqual({
      waiting: { reason: 'CreateContainerConfigError', message: 'secret "absent" not found' },
    });
  });
});

describe('The scheduler and the autoscaler', () => {
  test('bring a node for a pod that fits nowhere, after a while', async () => {
    const pool = {
      name: 'gpu',
      min: 0,
      max: 1,
      instanceType: 'Standard_NC4as_T4_v3',
      allocatable: { cpu: '4', memory: '28Gi', pods: '30', 'nvidia.com/gpu': '1' },
    };
    const stage = setLifeStage(RUNS_ON, { pools: [pool], scaleUpMs: 120_000 });
    const pod = await podAfter(stage, jobOf('first'), 60_000);
    // Two events tell of it: the first try changes the pod, and an event is of one version of it (recorded: K02).
    expect(await said(stage, pod)).toEqual([
      'FailedScheduling: no nodes available to schedule pods',
      'FailedScheduling: no nodes available to schedule pods',
      'TriggeredScaleUp: pod triggered scale-up: [{aks-gpu-vmss 0->1 (max: 1)}]',
    ]);
    await stage.advance(90_000);
    expect(at(stage.pods('first')[0], 'status', 'phase')).toBe('Running');
  });

  test('give the GPU to whoever waited when it is free', async () => {
    const stage = setLifeStage({ prints: [], exit: { atMs: 10_000, code: 0 } });
    await podAfter(stage, jobOf('holder'), 1_000);
    await podAfter(stage, jobOf('waiter'), 3_000);
    expect(at(stage.pods('waiter')[0], 'spec', 'nodeName')).toBeUndefined();
    await stage.advance(30_000);
    expect(at(stage.pods('waiter')[0], 'status', 'phase')).toBe('Succeeded');
  });
});

describe('The ledger', () => {
  test('holds each start of a program, its bytes and its end, and how long objects existed', async () => {
    const stage = setLifeStage({ prints: [{ atMs: 5, text: 'hello\n' }], exit: { atMs: 100, code: 4 } });
    const pod = await podAfter(stage, jobOf('told'), 20_000);
    await stage.ask('DELETE', '/apis/batch/v1/namespaces/gpu-jobs/jobs/told?propagationPolicy=Background');
    await stage.advance(5_000);
    const ledger = ledgerSchema.parse(stage.standIn.ledger());
    expect(ledger.programs).toEqual([
      expect.objectContaining({ pod, job: 'told', container: 'main', exitCode: 4, bytes: 6, kept: true }),
    ]);
    expect(stage.standIn.printed({ job: 'told' })?.toString()).toBe('hello\n');
    expect(ledger.objects.map(({ resource, goneAt }) => [resource, goneAt !== undefined])).toEqual([
      ['jobs.batch', true],
      ['pods', true],
    ]);
  });
});

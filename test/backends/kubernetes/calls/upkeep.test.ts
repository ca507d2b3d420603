// What a look at a workload mends in the cluster: a second pod goes, and Secrets belong to their Job.
import { pullSecretName, variablesSecretName } from '../../../../backends/kubernetes/secret-names';
import type { KubeObject } from '../../../../standins/kubernetes/store/kube-object';
import { refOn, requestOf, SPEC } from '../../../contract/backend-stage';
import { apiOver } from '../../../support/kubernetes/api-over';
import { type KubernetesStage, setKubernetesStage } from '../kubernetes-stage';

const NAMESPACE = 'gpu-jobs';

function stored({ standIn }: KubernetesStage, resource: string): readonly KubeObject[] {
  return standIn.store.list(resource, NAMESPACE).items;
}

async function withSecrets(): Promise<KubernetesStage> {
  const stage = setKubernetesStage();
  const request = requestOf(refOn(stage), stage.preparing?.spec, stage.preparing?.secrets);
  expect(await stage.backend.prepare?.(request)).toEqual({ kind: 'ready' });
  expect(await stage.backend.create(request)).toEqual({ kind: 'accepted' });
  return stage;
}

test('a second pod of a workload is removed, and the first one stays', async () => {
  const stage = setKubernetesStage();
  await stage.backend.create(requestOf(refOn(stage)));
  await stage.advance(stage.untilRunning);
  const [first] = stored(stage, 'pods');
  if (first === undefined) throw new Error('The Job has no pod.');
  const { labels, annotations } = first.metadata;
  await stage.advance(1_000); // Pods of one second are told apart by their names.
  const second = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${first.metadata.name}-2`, labels, annotations },
    spec: { restartPolicy: 'Never', containers: [{ name: 'program', image: SPEC.image }] },
  };
  const somebody = apiOver(
    (request) => stage.standIn.handle(request),
    stage.token,
    () => 0,
  );
  const path = `/api/v1/namespaces/${NAMESPACE}/pods`;
  expect(await somebody.send({ method: 'POST', path, body: second, timeoutMs: 1_000 })).toMatchObject({
    status: 201,
  });
  expect(stored(stage, 'pods')).toHaveLength(2);
  await stage.backend.observe(refOn(stage));
  await stage.advance(stage.untilGone);
  expect(stored(stage, 'pods').map(({ metadata }) => metadata.name)).toEqual([first.metadata.name]);
});

test('the Secrets of a workload belong to its Job from the first look on', async () => {
  const stage = await withSecrets();
  expect(stored(stage, 'secrets').map(({ metadata }) => metadata.ownerReferences)).toEqual([undefined]);
  await stage.backend.observe(refOn(stage));
  const [job] = stored(stage, 'jobs.batch');
  expect(
    stored(stage, 'secrets').map(({ metadata }) => metadata.ownerReferences?.map(({ uid }) => uid)),
  ).toEqual([[job?.metadata.uid]]);
});

test('so they go with a Job that somebody else deletes', async () => {
  const stage = await withSecrets();
  await stage.backend.observe(refOn(stage));
  stage.standIn.store.remove({ resource: 'jobs.batch', namespace: NAMESPACE, name: refOn(stage).name });
  await stage.advance(stage.untilGone);
  expect(stored(stage, 'secrets')).toEqual([]);
});

describe('a Secret that is not ours', () => {
  /** As somebody else makes it, under a name that a Secret of the workload may have. */
  async function strangersSecret(stage: KubernetesStage, name: string): Promise<void> {
    const somebody = apiOver(
      (request) => stage.standIn.handle(request),
      stage.token,
      () => 0,
    );
    const path = `/api/v1/namespaces/${NAMESPACE}/secrets`;
    const body = { apiVersion: 'v1', kind: 'Secret', metadata: { name } };
    expect(await somebody.send({ method: 'POST', path, body, timeoutMs: 1_000 })).toMatchObject({
      status: 201,
    });
  }

  const ownersOf = (stage: KubernetesStage, name: string): unknown =>
    stored(stage, 'secrets').find(({ metadata }) => metadata.name === name)?.metadata.ownerReferences;

  test('is not given to our Job, though it has the name of one of ours', async () => {
    const stage = await withSecrets();
    const name = pullSecretName(refOn(stage).name);
    await strangersSecret(stage, name);
    await stage.backend.observe(refOn(stage));
    expect(ownersOf(stage, name)).toBeUndefined();
    expect(ownersOf(stage, variablesSecretName(refOn(stage).name))).toHaveLength(1);
  });

  test('is not given to our Job when it takes the place of ours between the look and the change', async () => {
    let isReplacing = false;
    const stage: KubernetesStage = setKubernetesStage({
      intercept: ({ method, url }) => {
        if (!isReplacing || method !== 'PATCH' || !url.pathname.includes('/secrets/')) return undefined;
        isReplacing = false;
        const name = variablesSecretName(refOn(stage).name);
        stage.standIn.store.remove({ resource: 'secrets', namespace: NAMESPACE, name });
        void strangersSecret(stage, name);
        return undefined;
      },
    });
    const request = requestOf(refOn(stage), stage.preparing?.spec, stage.preparing?.secrets);
    await stage.backend.prepare?.(request);
    await stage.backend.create(request);
    isReplacing = true;
    expect((await stage.backend.observe(refOn(stage))).kind).toBe('present');
    expect(isReplacing).toBe(false);
    expect(stored(stage, 'secrets')).toHaveLength(1);
    expect(ownersOf(stage, variablesSecretName(refOn(stage).name))).toBeUndefined();
  });
});

// A namespace for one test: made as docs/kubernetes.md tells, with a user who has the app's role and no other right.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';
import { z } from 'zod';

import type { KubernetesPlacement } from '../../backends/kubernetes/placement';
import { REPOSITORY_ROOT } from '../../standins/stack/repository-root';
import { type RealCluster, realCluster, untilThere } from './real-cluster';

/** The label of every namespace that a run makes; its value names the run. */
const RUN_LABEL = 'gpu-jobs-contract';
const NAMESPACES = '/api/v1/namespaces';
const RBAC = '/apis/rbac.authorization.k8s.io/v1/namespaces';
const RUNNER = 'gpu-job-runner';
/** How long a cluster may take to make a namespace ready, or to see changed rights, milliseconds. */
const READY_MS = 30_000;
/** How long it may take to delete namespaces with all that is in them, milliseconds. */
const GONE_MS = 180_000;
const TOKEN_LIFE_S = 3_600;

const roleSchema = z.looseObject({
  rules: z.array(z.looseObject({ resources: z.array(z.string()), verbs: z.array(z.string()) })),
});
const tokenSchema = z.object({ status: z.object({ token: z.string() }) });
const reviewSchema = z.object({ status: z.object({ allowed: z.boolean() }) });
const namesSchema = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

export interface TestNamespace {
  readonly name: string;
  /** The app's user. */
  readonly runner: RealCluster;
  /** From now on the server refuses every create of a Job. Resolves once it does. */
  refuseJobs(): Promise<void>;
}

/** `admin` may make namespaces, roles and tokens. Resolves once pods can be made and the runner has its rights. */
export async function makeNamespace(
  admin: RealCluster,
  kubeconfig: string,
  run: string,
  podSecurity: KubernetesPlacement['podSecurity'],
): Promise<TestNamespace> {
  const made = await admin.ask({
    method: 'POST',
    path: NAMESPACES,
    body: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        generateName: `${RUN_LABEL}-${run}-`,
        labels: { [RUN_LABEL]: run, 'pod-security.kubernetes.io/enforce': podSecurity },
      },
    },
  });
  const { name } = z.object({ metadata: z.object({ name: z.string() }) }).parse(made).metadata;
  const accounts = `${NAMESPACES}/${name}/serviceaccounts`;
  const role = roleSchema.parse(
    parse(readFileSync(join(REPOSITORY_ROOT, 'infra/kubernetes/runner.yaml'), 'utf8')),
  );
  await admin.ask({ method: 'POST', path: `${RBAC}/${name}/roles`, body: role });
  await admin.ask({ method: 'POST', path: accounts, body: accountBody });
  await admin.ask({ method: 'POST', path: `${RBAC}/${name}/rolebindings`, body: bindingIn(name) });
  const token = await admin.ask({
    method: 'POST',
    path: `${accounts}/${RUNNER}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: TOKEN_LIFE_S },
    },
  });
  const runner = realCluster(kubeconfig, tokenSchema.parse(token).status.token);
  // Pods are refused until the namespace has its default account, which a controller makes.
  await untilThere(`the account "default" of ${name}`, READY_MS, () =>
    admin.askIfThere({ method: 'GET', path: `${accounts}/default` }),
  );
  await untilJobs(runner, name, 'allowed');
  return {
    name,
    runner,
    refuseJobs: async () => {
      const rules = role.rules.map((rule) => ({
        ...rule,
        verbs: rule.verbs.filter((verb) => verb !== 'create' || !rule.resources.includes('jobs')),
      }));
      const contentType = 'application/merge-patch+json';
      const path = `${RBAC}/${name}/roles/${RUNNER}`;
      await admin.ask({ method: 'PATCH', path, contentType, body: { rules } });
      await untilJobs(runner, name, 'refused');
    },
  };
}

const accountBody = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: RUNNER } };

function bindingIn(namespace: string): object {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: RUNNER },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: RUNNER },
    subjects: [{ kind: 'ServiceAccount', name: RUNNER, namespace }],
  };
}

/** The server sees a changed role after a moment. */
async function untilJobs(
  runner: RealCluster,
  namespace: string,
  wanted: 'allowed' | 'refused',
): Promise<void> {
  await untilThere(`a create of Jobs in ${namespace} to be ${wanted}`, READY_MS, async () => {
    const review = await runner.ask({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { namespace, verb: 'create', group: 'batch', resource: 'jobs' } },
      },
    });
    const { allowed } = reviewSchema.parse(review).status;
    return allowed === (wanted === 'allowed') ? allowed || 'refused' : undefined;
  });
}

/** Asks for the deletion of a namespace. Does not wait for it. */
export async function removeNamespace(admin: RealCluster, name: string): Promise<void> {
  await admin.askIfThere({ method: 'DELETE', path: `${NAMESPACES}/${name}` });
}

/** Deletes every namespace of a run with all that is in it. Resolves once the cluster has none of them. */
export async function removeRun(admin: RealCluster, run: string): Promise<void> {
  const path = `${NAMESPACES}?labelSelector=${encodeURIComponent(`${RUN_LABEL}=${run}`)}`;
  const left = async (): Promise<string[]> =>
    namesSchema.parse(await admin.ask({ method: 'GET', path })).items.map(({ metadata }) => metadata.name);
  for (const name of await left()) await removeNamespace(admin, name);
  await untilThere(`the namespaces of run ${run} to be gone`, GONE_MS, async () =>
    (await left()).length === 0 ? 'gone' : undefined,
  );
}

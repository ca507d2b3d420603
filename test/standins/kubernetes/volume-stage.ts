// A cluster of one node whose volumes lie in a temporary folder, and pods that mount them.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ContainerStart } from '../../../standins/containers/runtime';
import { createScriptedRuntime, type Script } from '../../../standins/containers/scripted';
import { DEFAULT_LIFE } from '../../../standins/kubernetes/life-settings';
import { LOCAL_OBJECTS } from '../../../standins/kubernetes/local-cluster';
import type { KubernetesSettings } from '../../../standins/kubernetes/settings';
import { at, isList, type Json, type JsonObject, textAt } from '../../../standins/kubernetes/store/json';
import { createNodeDisk } from '../../../standins/kubernetes/volumes/node-disk';
import { RECORDED_CLUSTER } from './recorded-cluster';
import { setStage, type Stage } from './support';

const POOL = {
  name: 'system',
  min: 1,
  max: 1,
  instanceType: 'Standard_D4s_v5',
  allocatable: { cpu: '4', memory: '16Gi', pods: '110' },
};
export const PODS = '/api/v1/namespaces/gpu-jobs/pods';

export type Mount = JsonObject & { readonly name: string; readonly mountPath: string };

export interface VolumeStage extends Stage {
  /** The folder of a share of the local account. */
  readonly share: (name: string) => string;
  /** The starts of containers so far. */
  readonly starts: readonly ContainerStart[];
  /** The folder that the first container finds at a path. */
  mountedAt(path: string): string;
  /** Makes a pod with these volumes and mounts, lets it live for 5 s; the pod, or the refusal. */
  podWith(
    volumes: readonly JsonObject[],
    mounts: readonly Mount[],
    container?: JsonObject,
    pod?: JsonObject,
  ): Promise<Json>;
  /** The messages of events about an object. */
  told(reason: string, about?: string): Promise<readonly string[]>;
}

/** A new folder with the shares of the local cluster; it is removed after the test. */
export function sharesFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gpu-jobs-volumes-'));
  for (const name of ['data', 'results'])
    mkdirSync(join(folder, 'shares/gpujobslocal', name), { recursive: true });
  return folder;
}

export async function setVolumeStage(
  folder: string,
  script: Script = { prints: [] },
  settings: Partial<KubernetesSettings> = {},
): Promise<VolumeStage> {
  const starts: ContainerStart[] = [];
  const stage = setStage(
    {
      ...RECORDED_CLUSTER,
      objects: [...RECORDED_CLUSTER.objects, ...LOCAL_OBJECTS.filter(({ kind }) => kind !== 'Namespace')],
      life: { ...DEFAULT_LIFE, pools: [POOL], presentImages: ['busybox:local'] },
      ...settings,
    },
    (timers) =>
      createScriptedRuntime(timers, (start) => {
        starts.push(start);
        return script;
      }),
    createNodeDisk(join(folder, 'kubernetes'), join(folder, 'shares')),
  );
  await stage.advance(1_000);
  return {
    ...stage,
    share: (name) => join(folder, 'shares/gpujobslocal', name),
    starts,
    mountedAt: (path) => {
      const mount = starts[0]?.mounts?.find((one) => one.path === path);
      if (!mount) throw new Error(`Nothing is mounted at ${path}.`);
      return mount.folder;
    },
    podWith: async (volumes, mounts, container = {}, pod = {}) => {
      const main = { name: 'main', image: 'busybox:local', volumeMounts: mounts, ...container };
      const own = { restartPolicy: 'Never', automountServiceAccountToken: false };
      const { metadata = {}, ...spec } = pod;
      const body = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'one', ...(metadata as JsonObject) },
        spec: { ...own, volumes, containers: [main], ...spec },
      };
      const made = await stage.ask('POST', PODS, { as: 'admin', body });
      if (made.status !== 201) return made.body;
      await stage.advance(5_000);
      return (await stage.ask('GET', `${PODS}/one`, { as: 'admin' })).body;
    },
    told: async (reason, about = 'one') => {
      const path = `/api/v1/namespaces/gpu-jobs/events?fieldSelector=involvedObject.name%3D${about}`;
      const items = at((await stage.ask('GET', path, { as: 'admin' })).body, 'items');
      return (isList(items) ? items : []).flatMap((item) =>
        textAt(item, 'reason') === reason ? (textAt(item, 'message') ?? '') : [],
      );
    },
  };
}

export function removeShares(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

// The stand-in as a scene's cluster: its nodes, its users, its programs, under virtual time.
import { z } from 'zod';

import { createRandom, type Random } from '../../../standins/kernel/random';
import { createVirtualTime } from '../../../standins/kernel/virtual-time';
import { faultSchema } from '../../../standins/kubernetes/faults/fault';
import { DEFAULT_LIFE } from '../../../standins/kubernetes/life-settings';
import { DEFAULT_KUBERNETES_SETTINGS } from '../../../standins/kubernetes/settings';
import { createKubernetesStandIn } from '../../../standins/kubernetes/stand-in';
import { apiTime } from '../../../standins/kubernetes/store/kube-object';
import type { Cluster } from './cluster';
import { nodesOf } from './cluster-nodes';
import { BASE_OBJECTS } from './cluster-objects';
import type { Scene } from './scene';
import { createSceneRuntime } from './scene-runtime';

/** The recordings begin here. */
const START = Date.UTC(2026, 0, 1);

/** What the recorder's node had from the start. */
const PRESENT = ['busybox:local', 'mcr.microsoft.com/azuredocs/samples-tf-mnist-demo:gpu'];

const USERS = [
  {
    name: 'gpu-runner',
    uid: 'u-runner',
    groups: ['gpu-runners'],
    token: 'runner-token',
  },
  { name: 'gpu-viewer', groups: [], token: 'viewer-token' },
  { name: 'admin', groups: ['system:masters'], token: 'admin-token' },
];

/** The bearer token of who asked in a recording; undefined where none was sent. */
export function tokenOf(as: string | undefined): string | undefined {
  if (as === undefined || as === 'runner') return 'runner-token';
  if (as === 'nobody' || as === 'system:anonymous') return undefined;
  return as === 'viewer' || as === 'admin' ? `${as}-token` : 'a-token-of-no-user';
}

export function createStandInCluster(scene: Scene): Promise<Cluster> {
  const time = createVirtualTime(START);
  let ids = 0;
  const standIn = createKubernetesStandIn({
    clock: time.clock,
    timers: time.timers,
    runtime: createSceneRuntime(time.timers, scene.programs ?? {}),
    random: withSuffixes(createRandom(1), scene.suffixes ?? []),
    newId: () => `10000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    settings: {
      ...DEFAULT_KUBERNETES_SETTINGS,
      users: USERS,
      anonymous: scene.anonymous ?? false,
      life: { ...DEFAULT_LIFE, presentImages: PRESENT, ...(scene.times && { timesOf: scene.times }) },
      objects: [...BASE_OBJECTS, ...nodesOf(scene, apiTime(START))],
    },
  });
  const passUntil = async (done: () => boolean, atMostMs: number): Promise<boolean> => {
    const limit = time.clock.now() + atMostMs;
    await quiet();
    while (!done()) {
      if (!time.runNext(limit)) return done();
      await quiet();
    }
    return true;
  };
  return Promise.resolve({
    handle: standIn.handle,
    now: () => apiTime(time.clock.now()),
    settle: async () => {
      await passUntil(() => false, 0);
    },
    pass: async (ms) => {
      await passUntil(() => false, ms);
    },
    passUntil,
    compact: () => standIn.store.compact(standIn.store.revision()),
    fault: (kind, options) => {
      const fault = faultSchema.safeParse({ kind, ...options });
      const why = fault.success ? standIn.inject(fault.data) : z.prettifyError(fault.error);
      return why === undefined ? Promise.resolve() : Promise.reject(new Error(`Fault ${kind}: ${why}`));
    },
    close: () => standIn.close(),
  });
}

/** Chance that first makes up these ends of pods' names; the volume of a pod's token has one of its own after each. */
function withSuffixes(random: Random, suffixes: readonly string[]): Random {
  const letters = suffixes.flatMap((suffix) => Array.from(`${suffix}bbbbb`));
  return {
    ...random,
    pick: (list) => {
      const made = list.find((one) => one === letters[0]);
      if (made === undefined) return random.pick(list);
      letters.shift();
      return made;
    },
  };
}

/** Lets every promise that can go on go on. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setImmediate(done));
}

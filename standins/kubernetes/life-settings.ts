// How fast a cluster lives, and what its nodes are: times in milliseconds.
import type { NodePool } from './node/node-pool';

/** What a kubelet takes its time for. */
export interface PodTimes {
  /** From a pod's binding to the first status that its kubelet writes. */
  readonly kubeletSyncMs: number;
  /** With 0 the sandbox stands in the first status already. */
  readonly sandboxMs: number;
  readonly pullMs: number;
  /** From a container's creation to its status. */
  readonly startMs: number;
  /** Until a kubelet notices that a container has ended (its relist takes up to a second). */
  readonly noticeMs: number;
  /** Until the sandbox of an ended pod is gone. */
  readonly teardownMs: number;
  /** The same for a pod that its kubelet ends: it waits for the last program, so it need not notice. */
  readonly stopMs: number;
}

export interface LifeSettings extends PodTimes {
  /** From a pod's creation to the scheduler's look at it. */
  readonly scheduleMs: number;
  /** What happens to pods is collected so long before the Job controller looks at it. */
  readonly jobSyncMs: number;
  /** Other times of single pods, which are numbered from 0 as kubelets see them: real ones vary from pod to pod. */
  readonly timesOf?: (pod: number) => Partial<PodTimes>;
  /** Before a container is restarted or an image pulled again; doubled each time, up to `most`. */
  readonly backOff: { readonly firstMs: number; readonly mostMs: number };
  /** Names of images that every node has from the start. */
  readonly presentImages: readonly string[];
  readonly pools: readonly NodePool[];
  /** From a pod that no node can hold to a new node of its pool. */
  readonly scaleUpMs: number;
  /** How long a pool keeps a node above its least that runs nothing. */
  readonly idleNodeMs: number;
  /** Without a sign of a node's kubelet for so long the node is not ready (50 s by default since 1.32). */
  readonly nodeGraceMs: number;
  /** How long the pods of a node whose object is gone are kept (the pod garbage collector's 40 s). */
  readonly orphanedPodMs: number;
  /** Container logs are rotated when a look, each `everyMs`, finds them above `bytes`. */
  readonly logRotation: { readonly bytes: number; readonly everyMs: number };
  /** How many printed bytes the ledger keeps for reading back. */
  readonly keptOutputBytes: number;
}

/** As a real cluster's, where it has a default; the rest shows a pod's states in seconds. */
export const DEFAULT_LIFE: LifeSettings = {
  scheduleMs: 2,
  jobSyncMs: 1_000,
  kubeletSyncMs: 50,
  sandboxMs: 400,
  pullMs: 900,
  startMs: 100,
  noticeMs: 1_000,
  teardownMs: 1_000,
  stopMs: 100,
  backOff: { firstMs: 10_000, mostMs: 300_000 },
  presentImages: [],
  pools: [],
  scaleUpMs: 3_000,
  idleNodeMs: 10 * 60_000,
  nodeGraceMs: 50_000,
  orphanedPodMs: 40_000,
  logRotation: { bytes: 10 * 1024 * 1024, everyMs: 10_000 },
  keptOutputBytes: 256 * 1024 * 1024,
};

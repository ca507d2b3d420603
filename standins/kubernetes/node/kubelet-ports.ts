// What the kubelets of the cluster work with.
import type { ContainerRuntime } from '../../containers/runtime';
import type { Clock } from '../../kernel/clock';
import type { Random } from '../../kernel/random';
import type { Timer, Timers } from '../../kernel/timers';
import type { EventRecorder } from '../events/event-recorder';
import type { LedgerBook } from '../ledger';
import type { LifeSettings } from '../life-settings';
import type { KubeObject } from '../store/kube-object';
import type { ObjectStore } from '../store/object-store';
import type { NodeDisk } from '../volumes/node-disk';

export interface KubeletPorts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly runtime: ContainerRuntime;
  readonly random: Random;
  readonly life: LifeSettings;
  readonly events: EventRecorder;
  readonly ledger: LedgerBook;
  /** Undefined where programs are scripts, which read no files. */
  readonly disk?: NodeDisk | undefined;
  /** Tells the API server that nothing of the pod runs any more: it may go. */
  readonly confirmDeletion: (pod: KubeObject) => void;
}

/** One node's machine, whatever the API's node object says. */
export interface Machine {
  readonly name: string;
  readonly ip: string;
  /** Full names of the images it has. */
  readonly images: Set<string>;
  /** `down`: its kubelet says and does nothing, but its programs go on. */
  readonly state: 'up' | 'down' | 'lost';
  /** How much longer than usual it pulls. */
  readonly slowPulls: number;
  /** Runs `act` after so long; when the kubelet is down, once it is up again; never on a machine that is lost. */
  after(delayMs: number, act: () => void): Timer;
}

// What every part of the cluster works with.
import type { ContainerRuntime } from '../containers/runtime';
import type { Clock } from '../kernel/clock';
import type { Random } from '../kernel/random';
import type { Timers } from '../kernel/timers';
import type { Streams } from './api/streams';
import type { EventRecorder } from './events/event-recorder';
import type { Kubelets } from './node/kubelets';
import type { KubernetesSettings } from './settings';
import type { ObjectStore } from './store/object-store';
import type { NodeDisk } from './volumes/node-disk';

export interface KubernetesPorts {
  readonly clock: Clock;
  /** Everything that happens later happens by these: a virtual clock drives the whole cluster. */
  readonly timers: Timers;
  /** What runs the containers of pods. */
  readonly runtime: ContainerRuntime;
  /** Where volumes lie; undefined where programs are scripts, which read no files. */
  readonly disk?: NodeDisk;
  /** Suffixes of names, and where the server itself spreads its times. */
  readonly random: Random;
  /** A random UUID. */
  readonly newId: () => string;
  readonly settings: KubernetesSettings;
}

export interface KubernetesContext extends KubernetesPorts {
  /** Writes what components tell of objects. */
  readonly events: EventRecorder;
  /** What runs the pods of each node. */
  readonly kubelets: Kubelets;
  /** The API and the controllers write through the same store, so watches see everything. */
  readonly store: ObjectStore;
  /** The answers that go on: watches and followed logs. */
  readonly streams: Streams;
}

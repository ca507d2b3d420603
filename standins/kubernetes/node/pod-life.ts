// What the kubelet knows of a pod that it runs: its sandbox and the state of each container.
import type { Container } from '../model/pod';

/** Times in milliseconds since the epoch. */
export type LifeState =
  | { readonly kind: 'waiting'; readonly reason: string; readonly message?: string }
  | { readonly kind: 'running'; readonly startedAt: number }
  | Ended;

export interface Ended {
  readonly kind: 'terminated';
  readonly exitCode: number;
  /** Completed, Error, OOMKilled, StartError. */
  readonly reason: string;
  readonly message?: string;
  /** 0 where nothing was started. */
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly containerID: string;
}

export interface ContainerLife {
  readonly container: Container;
  readonly init: boolean;
  readonly state: LifeState;
  /** How it ended before it was started again. */
  readonly last?: Ended;
  readonly restartCount: number;
  /** As the runtime knows the image, once it has it. */
  readonly image: string;
  readonly imageID: string;
  /** From its first creation on. */
  readonly containerID?: string;
}

export interface PodLife {
  readonly startedAt: number;
  readonly hostIP: string;
  /** Once a container has been seen in the sandbox. */
  readonly podIP?: string;
  /** Whether the sandbox stands, so that containers can start. */
  readonly sandbox: boolean;
  /** Init containers first. */
  readonly containers: readonly ContainerLife[];
  /** Why the kubelet ends it: its deadline, an eviction. */
  readonly failure?: { readonly reason: string; readonly message: string };
  /** Everything of it has ended and the sandbox is gone: only now is its phase final. */
  readonly over: boolean;
}

/** A container that nothing has been done for yet. */
export function untouched(container: Container, init: boolean, waitsForInit: boolean): ContainerLife {
  return {
    container,
    init,
    state: { kind: 'waiting', reason: waitsForInit ? 'PodInitializing' : 'ContainerCreating' },
    restartCount: 0,
    image: container.image,
    imageID: '',
  };
}

/** Whether an init container is still to succeed. */
export function initializing({ containers }: Pick<PodLife, 'containers'>): boolean {
  return containers.some(({ init, state }) => init && !(state.kind === 'terminated' && state.exitCode === 0));
}

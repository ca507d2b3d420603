// The life of one container of a group: the phases it goes through and the events they leave.

/** A program that ran to its end. Times in milliseconds since the epoch. */
export interface Ended {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly exitCode: number;
}

export type ContainerPhase =
  /** Its turn has not come, or its group was stopped: it shows no instance view. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'pulling' }
  | { readonly kind: 'pull-back-off'; readonly failures: number }
  /** Its program could not be started; the platform tries again. */
  | { readonly kind: 'start-back-off'; readonly failures: number }
  | { readonly kind: 'running'; readonly startedAt: number }
  | { readonly kind: 'restart-back-off' }
  | ({ readonly kind: 'ended' } & Ended);

/** As the service shows it (docs/facts/container-instances.md#events); a repetition raises the count. */
export interface ContainerEvent {
  readonly name: string;
  readonly message: string;
  readonly type: 'Normal' | 'Warning';
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /**
   * The incarnation of the group in which it happened. Repetitions are counted together only within one incarnation.
   */
  readonly incarnation: number;
}

export interface ContainerLife {
  readonly name: string;
  readonly image: string;
  /** Whether it is an init container. Init containers run one after the other before the rest. */
  readonly init: boolean;
  readonly phase: ContainerPhase;
  /** How the program before the present one ended. */
  readonly previous?: Ended;
  readonly restartCount: number;
  readonly events: readonly ContainerEvent[];
}

/** A container to which nothing has happened yet. */
export function newContainer(name: string, image: string, init: boolean): ContainerLife {
  return { name, image, init, phase: { kind: 'idle' }, restartCount: 0, events: [] };
}

/** Adds an event, or counts it up if this incarnation has it already. */
export function withEvent(
  container: ContainerLife,
  event: Pick<ContainerEvent, 'name' | 'message' | 'type'>,
  incarnation: number,
  now: number,
): ContainerLife {
  const same = container.events.find(
    (other) =>
      other.name === event.name && other.message === event.message && other.incarnation === incarnation,
  );
  const events = same
    ? container.events.map((other) =>
        other === same ? { ...same, count: same.count + 1, lastAt: now } : other,
      )
    : [...container.events, { ...event, count: 1, firstAt: now, lastAt: now, incarnation }];
  return { ...container, events };
}

// What the platform itself says of jobs, executions and replicas: the rows of the system log and of the event streams.

export interface SystemEvent {
  readonly at: number;
  readonly environmentId: string;
  readonly job: string;
  /** Undefined: of the job itself. */
  readonly execution?: string;
  readonly replica?: string;
  readonly reason: string;
  readonly type: 'Normal' | 'Warning';
  readonly message: string;
  /** How many times it has happened to this replica. */
  readonly count: number;
}

export interface SystemEvents {
  record(event: Omit<SystemEvent, 'count'>): void;
  /** The newest last. */
  of(fits: (event: SystemEvent) => boolean): readonly SystemEvent[];
  /** Called for each event to come; what it returns stops that. */
  follow(onEvent: (event: SystemEvent) => void): () => void;
}

/** How many events are kept for the streams. */
const KEPT = 2_000;

/** `onEvent` gets every event, too. */
export function createSystemEvents(onEvent: (event: SystemEvent) => void): SystemEvents {
  const events: SystemEvent[] = [];
  const followers = new Set<(event: SystemEvent) => void>();
  return {
    record: (happened) => {
      const before = events.filter(
        ({ replica, reason, message, execution }) =>
          replica === happened.replica &&
          reason === happened.reason &&
          message === happened.message &&
          execution === happened.execution,
      ).length;
      const event = { ...happened, count: before + 1 };
      events.push(event);
      if (events.length > 2 * KEPT) events.splice(0, events.length - KEPT);
      onEvent(event);
      for (const follower of followers) follower(event);
    },
    of: (fits) => events.filter(fits),
    follow: (onNext) => {
      followers.add(onNext);
      return () => void followers.delete(onNext);
    },
  };
}

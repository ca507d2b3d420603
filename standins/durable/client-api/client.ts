// What a client can do to instances, as the extension's own client does it. The management API is built on it.
import type { Hub } from '../hub';
import { type InstanceRow, isOver, type RuntimeStatus } from '../instance-row';
import {
  eventRaised,
  executionResumed,
  executionStarted,
  executionSuspended,
  executionTerminated,
  type Message,
} from '../message';
import { rewind } from '../rewind';
import { formatMark, putRow, removeHistory, removeInstance } from '../store';
import { argumentError, DotnetError } from '../worker/failure';
import { unknownFunction } from '../worker/unknown-function';

/** The extension's limit for ids that a client chooses. */
const MAX_INSTANCE_ID = 256;

const INVALID_IN_ID = /[/\\#?\u0000-\u001f\u007f-\u009f]/;

export interface DurableClient {
  status(instanceId: string): InstanceRow | undefined;
  /** Ordered by id. */
  all(): InstanceRow[];
  /** Starts an instance and returns its id, which is a new one if `instanceId` is empty. `input` is JSON text. */
  start(name: string, instanceId: string, input: string | null): Promise<string>;
  /** `input` is JSON text. These three do nothing for an instance that is over or was never there. */
  raiseEvent(instanceId: string, name: string, input: string): Promise<void>;
  terminate(instanceId: string, reason: string | null): Promise<void>;
  suspend(instanceId: string, reason: string | null): Promise<void>;
  resume(instanceId: string, reason: string | null): Promise<void>;
  /** Lets a failed instance run again from before the failure. */
  rewind(instanceId: string, reason: string | null): Promise<void>;
  /** Removes instances, whatever state they are in. */
  purge(rows: readonly InstanceRow[]): Promise<void>;
}

export interface ClientParts {
  readonly hub: Hub;
  /** Says that an instance's timers are void. Returns the journal keys to remove. */
  readonly forgetTimers: (instanceId: string) => readonly { readonly remove: string }[];
}

export function createClient({ hub, forgetTimers }: ClientParts): DurableClient {
  const send = (instanceId: string, event: Message['event']): Promise<void> =>
    hub.commit([], [{ instanceId, executionId: null, event }]);
  const inState = (row: InstanceRow | undefined, verb: string): InvalidOperation =>
    new InvalidOperation(
      `Cannot ${verb} the orchestration instance ${row?.instanceId ?? ''} because instance is in the ${row?.status ?? ''} state.`,
    );

  return {
    status: (instanceId) => hub.store.row(instanceId),
    all: () => hub.store.rows(),
    start: async (name, wantedId, input) => {
      if (!hub.invoker.knows('orchestrator', name))
        throw argumentError(unknownFunction(hub.invoker, 'orchestrator', name));
      const instanceId = wantedId === '' ? hub.newId() : wantedId;
      checkInstanceId(instanceId);
      const existing = hub.store.row(instanceId);
      if (existing !== undefined && !isOver(existing.status)) throw new AlreadyExists(existing.status);
      const generation = existing === undefined ? 0 : increment(existing.generation);
      const executionId = hub.newId();
      const event = executionStarted({ instanceId, executionId, name, input, generation }, hub.stamp);
      const row: InstanceRow = {
        instanceId,
        executionId,
        name,
        status: 'Pending',
        input,
        output: null,
        customStatus: null,
        createdAt: event.Timestamp,
        updatedAt: event.Timestamp,
        generation,
        episodes: 0,
      };
      const old = existing === undefined ? [] : removeHistory(existing);
      await hub.commit([formatMark, ...old, putRow(row)], [{ instanceId, executionId, event }]);
      return instanceId;
    },
    raiseEvent: (instanceId, name, input) => send(instanceId, eventRaised(name, input, hub.stamp)),
    terminate: (instanceId, reason) => send(instanceId, executionTerminated(reason, hub.stamp)),
    suspend: async (instanceId, reason) => {
      const row = hub.store.row(instanceId);
      if (row?.status === 'Suspended' || row === undefined) throw inState(row, 'suspend');
      await send(instanceId, executionSuspended(reason, hub.stamp));
    },
    resume: async (instanceId, reason) => {
      const row = hub.store.row(instanceId);
      if (row?.status !== 'Suspended') throw inState(row, 'resume');
      await send(instanceId, executionResumed(reason, hub.stamp));
    },
    rewind: async (instanceId, reason) => {
      const row = hub.store.row(instanceId);
      if (row?.status !== 'Failed')
        throw new InvalidOperation(
          'The rewind operation is only supported on failed orchestration instances.',
        );
      const rewound = rewind(hub, row, reason);
      await hub.commit(rewound.changes, rewound.messages);
    },
    purge: async (rows) => {
      await hub.commit(rows.flatMap((row) => [...removeInstance(row), ...forgetTimers(row.instanceId)]));
    },
  };
}

/** The instance's state does not allow this. */
class InvalidOperation extends DotnetError {
  constructor(message: string) {
    super('System.InvalidOperationException', message);
  }
}

/** An instance of that id runs, waits or is suspended. */
class AlreadyExists extends DotnetError {
  constructor(status: RuntimeStatus) {
    super(
      'DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException',
      `An Orchestration instance with the status ${status} already exists.`,
    );
  }
}

function checkInstanceId(instanceId: string): void {
  if (instanceId.startsWith('@'))
    throw argumentError("instanceId (Parameter 'Orchestration instance ids must not start with @.')");
  if (INVALID_IN_ID.test(instanceId))
    throw argumentError(
      "instanceId (Parameter 'Orchestration instance ids must not contain /, \\, #, ?, or control characters.')",
    );
  if (instanceId.length > MAX_INSTANCE_ID)
    throw argumentError(`Instance ID lengths must not exceed ${MAX_INSTANCE_ID} characters.`);
}

function increment(generation: number | null): number | null {
  return generation === null ? null : generation + 1;
}

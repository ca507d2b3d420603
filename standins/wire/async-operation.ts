// ARM's long-running operations: what `Azure-AsyncOperation` points at, and the answer to a poll of it.

/** The state of an operation. Anything but Succeeded and Failed keeps a client polling. */
export type OperationStatus = 'Pending' | 'Creating' | 'Updating' | 'Succeeded' | 'Failed';

export interface OperationView {
  readonly status: OperationStatus;
  /** The events of everything that the operation works on. */
  readonly events: readonly unknown[];
  /** Only a message: a failure for capacity carries no code (docs/facts/container-instances.md#failed-operation). */
  readonly error?: { readonly message: string };
}

export interface AsyncOperations {
  /** Registers an operation on the resource with this ARM id. `look` is called at every poll. */
  start(id: string, resourceId: string, startedAt: number, look: () => OperationView): void;
  /** The body of a poll, or undefined for an unknown id. */
  read(id: string): Record<string, unknown> | undefined;
}

/** How many operations are remembered. A client polls for minutes, and the service forgets after a while too. */
const REMEMBERED = 2_000;

export function createAsyncOperations(): AsyncOperations {
  const operations = new Map<string, { resourceId: string; startedAt: number; look: () => OperationView }>();
  return {
    start: (id, resourceId, startedAt, look) => {
      operations.set(id, { resourceId, startedAt, look });
      const oldest = operations.keys().next();
      if (operations.size > REMEMBERED && oldest.done !== true) operations.delete(oldest.value);
    },
    read: (id) => {
      const operation = operations.get(id);
      if (!operation) return undefined;
      const { status, events, error } = operation.look();
      return {
        id: operation.resourceId,
        status,
        startTime: new Date(operation.startedAt).toISOString(),
        properties: { events },
        ...(error && { error }),
      };
    },
  };
}

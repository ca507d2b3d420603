// Long-running operations: what Azure-AsyncOperation and Location point at (docs/facts/container-apps.md#operations).
import { createHash } from 'node:crypto';

type OperationState = 'InProgress' | 'Succeeded' | 'Failed';

interface OperationFailure {
  readonly code: string;
  readonly message: string;
}

export interface Operation {
  readonly id: string;
  readonly startedAt: number;
  readonly region: string;
  readonly subscription: string;
  state: OperationState;
  failure?: OperationFailure;
  /** What a poll of the Location answers at the end: the resource, or nothing after a delete. */
  readonly result: () => unknown;
}

export interface OperationBook {
  add(operation: Operation): void;
  get(id: string): Operation | undefined;
}

/** How many operations are remembered: an old results URL still answers after the end (recorded, no limit known). */
const REMEMBERED = 2_000;

export function createOperationBook(): OperationBook {
  const operations = new Map<string, Operation>();
  return {
    add: (operation) => {
      operations.set(operation.id, operation);
      const oldest = operations.keys().next();
      if (operations.size > REMEMBERED && oldest.done !== true) operations.delete(oldest.value);
    },
    get: (id) => operations.get(id),
  };
}

/** Bytes of signature in a polling URL; recorded URLs have about 3.4 KB of it. */
const SIGNATURE_BYTES = 3_400;

/**
 * The URL of a poll. `t`, `c`, `s` and `h` are made anew each time, as the service does: a client has to take the URL
 * whole, as it came last.
 */
export function pollUrl(
  origin: string,
  operation: Pick<Operation, 'id' | 'region' | 'subscription'>,
  kind: string,
  apiVersion: string,
  at: number,
  nonce: string,
): string {
  const isStatus = kind.endsWith('Statuses');
  const path = `/subscriptions/${operation.subscription}/providers/Microsoft.App/locations/${operation.region}/${kind}/${operation.id}`;
  const hash = createHash('sha256').update(`${operation.id} ${nonce}`).digest('base64url');
  const signature = hash.repeat(Math.ceil(SIGNATURE_BYTES / hash.length)).slice(0, SIGNATURE_BYTES);
  const query = new URLSearchParams({
    'api-version': apiVersion,
    ...(isStatus && { azureAsyncOperation: 'true' }),
    // Ticks since the year 1, as .NET counts time: 621,355,968,000,000,000 of them lie before 1970.
    t: String(621_355_968_000_000_000n + BigInt(Math.floor(at)) * 10_000n),
    c: signature.slice(0, SIGNATURE_BYTES / 2),
    s: signature.slice(SIGNATURE_BYTES / 2),
    h: hash,
  });
  return `${origin}${path}?${query.toString()}`;
}

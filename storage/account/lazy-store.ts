// Creates a table, container or queue when an operation finds it absent: the steady state costs no extra request.
import { isStoreAbsent } from './storage-failure';

/** Runs a write; when its table, container or queue is absent, `create`s that and runs the write again. */
export async function creatingIfAbsent<T>(
  write: () => Promise<T>,
  create: () => Promise<unknown>,
): Promise<T> {
  try {
    return await write();
  } catch (thrown) {
    if (!isStoreAbsent(thrown)) throw thrown;
    await create();
    return await write();
  }
}

/** Runs a read; an absent table, container or queue holds nothing. */
export async function emptyIfAbsent<T>(read: () => Promise<T>, empty: T): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    if (isStoreAbsent(thrown)) return empty;
    throw thrown;
  }
}

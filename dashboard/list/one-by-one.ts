// Sends one request after the other, so that many of them neither flood the deployment nor hide which one failed.
import { asError } from '../api/as-error';

/** Goes on after a failure. `onDone` is told how many have been answered. */
export async function oneByOne(
  ids: readonly string[],
  send: (id: string) => Promise<unknown>,
  onDone: (count: number) => void,
): Promise<{ done: number; failed: readonly Error[] }> {
  const failed: Error[] = [];
  for (const [index, id] of ids.entries()) {
    try {
      await send(id);
    } catch (error) {
      failed.push(asError(error));
    }
    onDone(index + 1);
  }
  return { done: ids.length - failed.length, failed };
}

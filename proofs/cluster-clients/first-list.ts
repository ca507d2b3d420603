// What a process measures of itself: from its first line to the end of its first list.
import { Session } from 'node:inspector';

/** Names the variable that has code counted instead of time taken: counting takes time itself. */
export const COUNT_VARIABLE = 'COUNT_LOADED_CODE';

/** This file loads no library, which would count as the client's. */
export interface FirstList {
  /** From the moment Node is up, milliseconds. */
  readonly elapsedMs: number;
  /** Of the whole process, Node's own start included, user and system together, milliseconds. */
  readonly cpuMs: number;
  /** Files of code that were loaded, none of them Node's own. */
  readonly files: number;
  /** Their characters. */
  readonly characters: number;
}

/** Lists once, and prints what that took as JSON. Arguments: a kubeconfig, and a namespace. */
export async function measure(
  load: () => Promise<(kubeconfig: string, namespace: string) => Promise<{ readonly items: unknown[] }>>,
): Promise<void> {
  const [kubeconfig = '', namespace = ''] = process.argv.slice(2);
  const loaded = { files: 0, characters: 0 };
  if (process.env[COUNT_VARIABLE] !== undefined) countInto(loaded);
  const list = await load();
  const { items } = await list(kubeconfig, namespace);
  if (!Array.isArray(items)) throw new Error('The answer is no list.');
  const { user, system } = process.cpuUsage();
  const result: FirstList = {
    elapsedMs: performance.now() - performance.nodeTiming.bootstrapComplete,
    cpuMs: (user + system) / 1000,
    ...loaded,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
}

/** V8 tells of each file that it has read, as CommonJS or as a module. */
function countInto(loaded: { files: number; characters: number }): void {
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params: { url, length = 0 } }) => {
    if (!url.startsWith('file:')) return;
    loaded.files += 1;
    loaded.characters += length;
  });
  session.post('Debugger.enable');
}

// Says why a program of this machine can't be started, in the words of the runtime that Azure's containers run on.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Undefined if the program exists and may be run. Whether the system can read it shows only when it runs. */
export function startFailureOf(file: string, path: string): string | undefined {
  if (file === '') return 'no command specified';
  const quoted = `exec: ${JSON.stringify(file)}`;
  if (file.includes('/')) {
    // A program's own folder is new and empty, so a relative name finds nothing in it.
    const why = isAbsolute(file) ? fileTrouble(file) : MISSING;
    if (why === MISSING) return `${quoted}: stat ${file}: ${MISSING}`;
    return why === undefined ? undefined : `${quoted}: ${why}`;
  }
  const troubles = path.split(delimiter).map((folder) => fileTrouble(join(folder, file)));
  if (troubles.includes(undefined)) return undefined;
  return `${quoted}: ${troubles.includes(DENIED) ? DENIED : 'executable file not found in $PATH'}`;
}

const MISSING = 'no such file or directory';
const DENIED = 'permission denied';

function fileTrouble(file: string): string | undefined {
  try {
    if (statSync(file).isDirectory()) return 'is a directory';
    accessSync(file, constants.X_OK);
    return undefined;
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    return code === 'EACCES' ? DENIED : MISSING;
  }
}

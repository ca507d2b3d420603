// What may be a name of a file or folder on a share. One that is none must not get into an address, where `..` would
// lead elsewhere.
import { TerminalError } from '../errors';
import type { FilePath } from '../ports/files';

/** docs/facts/azure-files.md#names */
const NOT_IN_A_NAME = /[\u0000-\u001f"\\/:|<>*?]/;
const MOST_CHARACTERS = 255;

export function isShareName(name: string): boolean {
  return (
    name !== '' &&
    name !== '.' &&
    name !== '..' &&
    name.length <= MOST_CHARACTERS &&
    !NOT_IN_A_NAME.test(name)
  );
}

/** As one text. Throws TerminalError for a name that can't be on a share. */
export function joined(path: FilePath): string {
  const wrong = path.find((name) => !isShareName(name));
  if (wrong === undefined) return path.join('/');
  throw new TerminalError(
    `No file or folder of a share is called ${JSON.stringify(wrong)}: a name has 1 to ${MOST_CHARACTERS} characters, is not "." or "..", and has no control character and none of " \\ / : | < > * ?.`,
    { name: wrong },
  );
}

// Bytes of a file -> its text, without a loss: what is in no known encoding is refused, not patched with replacement
// characters.
import { messageOf } from '../../domain/errors';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';

/** UTF-8, or UTF-16 with a byte order mark, as PowerShell writes it. `file` is named in the error. */
export function decodeText(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch (error) {
    throw new CliError(
      `"${file}" is no text in UTF-8: save it in that encoding. ${messageOf(error)}`,
      EXIT.refused,
      {
        cause: error,
      },
    );
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

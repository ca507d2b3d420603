// The text of a document that the command line names: a file, or standard input.
import { readFile } from 'node:fs/promises';

import { messageOf } from '../../domain/errors';
import { bicepNamed } from '../../formats/bicep';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import type { Host } from '../host';
import { decodeText } from './decode-text';

const STDIN = '-';

export async function readDocument({ stdin }: Pick<Host, 'stdin'>, file: string): Promise<string> {
  if (file === STDIN) {
    const chunks: Buffer[] = [];
    for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
    return decodeText('standard input', Buffer.concat(chunks));
  }
  const advice = bicepNamed(file);
  if (advice !== undefined) throw new CliError(`"${file}" ${advice}`, EXIT.refused);
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new CliError(`"${file}" can't be read: ${messageOf(error)}`, EXIT.notFound, { cause: error });
  }
  return decodeText(file, bytes);
}

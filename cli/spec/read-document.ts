// The text of a document that the command line names: a file, or standard input.
import { readFile } from 'node:fs/promises';

import { messageOf } from '../../domain/errors';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import type { Host } from '../host';

const STDIN = '-';

export async function readDocument({ stdin }: Pick<Host, 'stdin'>, file: string): Promise<string> {
  if (file === STDIN) {
    const chunks: Buffer[] = [];
    for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString('utf8');
  }
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CliError(`"${file}" can't be read: ${messageOf(error)}`, EXIT.notFound, { cause: error });
  }
}

// NAME=VALUE on the command line, repeated.
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';

/** The value may contain `=` and be empty; the name may not. */
export function parsePair(option: string, text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new CliError(`${option} is "${text}", must be NAME=VALUE.`, EXIT.usage);
}

export function parsePairs(option: string, texts: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(texts.map((text) => parsePair(option, text)));
}

// Recognises Bicep, the source of templates, and says to build it first.
import { afterBlank, startOf } from './source/json-blank';

export interface Bicep {
  /** Of its first statement. */
  readonly offset: number;
  readonly advice: string;
}

const BUILD = 'is Bicep; build it with `az bicep build --file FILE` and submit the JSON that it writes';
const BUILD_PARAMETERS =
  'is a Bicep parameter file; build it with `az bicep build-params --file FILE` and give the JSON that it writes beside the template';

/**
 * What a file can start with. JavaScript and Python have some of these, too: so one of the next must stand in a line of
 * its own.
 */
const FIRST =
  /(?:param|output|type|var|metadata|resource|module|func|extension|provider)\s+['\w]|targetScope\s*=|import\s+['{*]|@(?:\w+\.)?\w+\(/y;
const SOMEWHERE =
  /^(?:(?:param|output)[ \t]+\w+[ \t]+\S|(?:resource|module)[ \t]+\w+[ \t]+'|targetScope[ \t]*=)/m;
const USING = /using\s+(?:'[^'\n]*\.bicep'|none\b)/y;

/** Undefined for a text that is none. Linear in the text. */
export function bicepIn(text: string): Bicep | undefined {
  const offset = afterBlank(text, startOf(text));
  const starts = (statement: RegExp): boolean => {
    statement.lastIndex = offset;
    return statement.test(text);
  };
  if (starts(USING)) return { offset, advice: BUILD_PARAMETERS };
  return starts(FIRST) && SOMEWHERE.test(text) ? { offset, advice: BUILD } : undefined;
}

/** What is said of a file by its name alone; undefined for any other. */
export function bicepNamed(path: string): string | undefined {
  if (/\.bicepparam$/i.test(path)) return BUILD_PARAMETERS;
  return /\.bicep$/i.test(path) ? BUILD : undefined;
}

// The Bicep files of a folder as texts, and what of them the comparison of roles reads.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

export interface BicepText {
  /** Below the folder. */
  readonly file: string;
  /** Without comments. */
  readonly text: string;
}

export function bicepTexts(folder: string): BicepText[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.bicep'))
    .map((file) => ({ file, text: withoutComments(readFileSync(join(folder, file), 'utf8')) }));
}

interface Declared {
  readonly name: string;
  /** Of a resource its type without the version; of a module its file, below the folder. */
  readonly type: string;
  /** What stands behind the equals sign. */
  readonly body: string;
}

/** A declaration ends where the next line begins with a word. */
const DECLARATION = /^(resource|module) (\w+) '([^']+)'([^]*?)(?=^[@\w]|(?![^]))/gm;

export function resourcesIn({ text }: BicepText): Declared[] {
  return declared(text, 'resource').map((one) => ({ ...one, type: one.type.split('@')[0] ?? '' }));
}

export function modulesIn({ file, text }: BicepText): Declared[] {
  return declared(text, 'module').map((one) => ({
    ...one,
    type: posix.join(posix.dirname(file), one.type),
  }));
}

function declared(text: string, wanted: string): Declared[] {
  return [...text.matchAll(DECLARATION)]
    .filter(([, kind]) => kind === wanted)
    .map(([, , name = '', type = '', body = '']) => ({ name, type, body }));
}

/** Texts of Bicep may hold `//`, as addresses do: those stay. */
function withoutComments(bicep: string): string {
  return bicep.replaceAll(
    /('(?:\\.|[^'\\\n])*')|\/\/[^\n]*|\/\*[^]*?\*\//g,
    (_, text: string | undefined) => text ?? '',
  );
}

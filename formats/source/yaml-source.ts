// YAML text -> the documents of its stream, as located values.
import { Composer, type Document, Parser } from 'yaml';

import type { DocumentProblem } from '../document';
import { Refusal } from '../refusal';
import { clipped, exceeds, type Limit, MAX_DOCUMENTS } from './limits';
import type { Lines } from './lines';
import { type Located } from './located';
import { lexYaml } from './yaml-lexemes';
import { YamlValues } from './yaml-values';

export interface YamlDocument {
  /** undefined for an empty document. */
  readonly root: Located | undefined;
  /** Its texts without quotes. */
  readonly words: readonly { readonly offset: number; readonly source: string }[];
}

export type YamlRead =
  | { readonly ok: true; readonly documents: readonly YamlDocument[] }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[]; readonly exceeded?: Limit };

/** Reads a text as a YAML 1.2 stream (core schema, and `<<` as the usual readers take it). Never throws. */
export function readYamlSource(text: string, lines: Lines): YamlRead {
  const refuse = (offset: number, message: string, exceeded?: Limit): YamlRead => ({
    ok: false,
    problems: [{ where: lines.at(offset), message: clipped(message) }],
    ...(exceeded === undefined ? {} : { exceeded }),
  });
  const lexed = lexYaml(text);
  if (!lexed.ok) return refuse(lexed.offset, exceeds(lexed.exceeded), lexed.exceeded);
  const documents = compose(lexed.lexemes);
  if (documents.length > MAX_DOCUMENTS)
    return refuse(documents[MAX_DOCUMENTS]?.range[0] ?? 0, exceeds('documents'), 'documents');
  const wrong = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  if (wrong.length > 0)
    return {
      ok: false,
      problems: wrong.map(({ pos, message }) => ({
        where: lines.at(pos[0]),
        message: clipped(`is no YAML: ${message}`),
      })),
    };
  try {
    return {
      ok: true,
      documents: documents.map(({ contents }) => {
        const values = new YamlValues();
        return { root: values.root(contents), words: values.words };
      }),
    };
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.offset, error.message, error.exceeded);
    throw error;
  }
}

function compose(lexemes: readonly string[]): Document.Parsed[] {
  const parser = new Parser();
  const tokens = [...lexemes.flatMap((lexeme) => [...parser.next(lexeme)]), ...parser.end()];
  // Names that stand twice are told by YamlValues: the library compares each with each.
  const composer = new Composer({ uniqueKeys: false, strict: true, logLevel: 'silent' });
  return [...composer.compose(tokens)];
}

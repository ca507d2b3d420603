// Text -> plain values with positions: JSON or YAML, within the limits.
import { bicepIn } from '../bicep';
import type { DocumentProblem } from '../document';
import { isMeantAsJson } from './json-opening';
import { readJsonSource } from './json-source';
import { exceeds, type Limit, MAX_DOCUMENT_BYTES, MAX_PROBLEMS } from './limits';
import { Lines } from './lines';
import { documentOf } from './located';
import { oldMeaning } from './old-yaml';
import type { SourceDocument } from './source-document';
import { readYamlSource, type YamlDocument } from './yaml-source';

export type ReadSource =
  | { readonly ok: true; readonly documents: readonly [SourceDocument, ...SourceDocument[]] }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[]; readonly exceeded?: Limit };

/**
 * Reads a text as JSON where it starts as JSON does, else as a YAML stream: no mistake in JSON is read as YAML. Never
 * throws, takes no text of more than MAX_DOCUMENT_BYTES.
 */
export function readSource(text: string): ReadSource {
  if (text.length > MAX_DOCUMENT_BYTES || Buffer.byteLength(text) > MAX_DOCUMENT_BYTES)
    return refused([{ where: { line: 1, column: 1 }, message: exceeds('bytes') }], 'bytes');
  const lines = new Lines(text);
  if (isMeantAsJson(text)) {
    const json = readJsonSource(text, lines);
    if (json.kind === 'refused') return refused([json.problem], json.exceeded);
    return { ok: true, documents: [documentOf(json.root, lines, json.liberties)] };
  }
  const bicep = bicepIn(text);
  if (bicep !== undefined) return refused([{ where: lines.at(bicep.offset), message: bicep.advice }]);
  return readYaml(text, lines);
}

function readYaml(text: string, lines: Lines): ReadSource {
  const yaml = readYamlSource(text, lines);
  if (!yaml.ok) return refused(yaml.problems.slice(0, MAX_PROBLEMS), yaml.exceeded);
  const documents = yaml.documents.flatMap(({ root, words }) =>
    root === undefined ? [] : [{ ...documentOf(root, lines), otherwiseIn: otherwise(words, lines) }],
  );
  const [first, ...others] = documents;
  if (first === undefined)
    return refused([
      { where: { line: 1, column: 1 }, message: 'is empty, must be a document that describes a job' },
    ]);
  return { ok: true, documents: [first, ...others] };
}

function otherwise(words: YamlDocument['words'], lines: Lines): SourceDocument['otherwiseIn'] {
  return (reader) =>
    words.flatMap(({ offset, source }) => {
      const meaning = oldMeaning(source, reader);
      if (meaning === undefined) return [];
      const message = `is ${source.slice(0, 40)} without quotes, which ${reader} reads as ${meaning} (YAML 1.1): put a text in quotes, or write what is meant`;
      return [{ where: lines.at(offset), message }];
    });
}

function refused(problems: readonly DocumentProblem[], exceeded?: Limit): ReadSource {
  return { ok: false, problems, ...(exceeded === undefined ? {} : { exceeded }) };
}

// A text in any accepted format -> the one spec, or every reason why not, each with its place.
import { parseJobSpec, type SpecProblem } from '../domain/job-spec';
import type { DocumentProblem, Format, Note, ParsedDocument, ParseOptions } from './document';
import type { DocumentStream, DraftSpec, FormatParser } from './format-parser';
import { MAX_PROBLEMS } from './limits';
import { PARSERS } from './parsers';
import { Report } from './report';
import { readSource } from './source';

/** Parses a document of at most 256 KB. Never throws, whatever the text. */
export function parseDocument(text: string, options: ParseOptions): ParsedDocument {
  const source = readSource(text);
  if (!source.ok) return { ...source, format: options.format, notes: [] };
  const { documents } = source;
  const parser = parserFor(options.format, documents);
  if (parser === undefined) {
    const message = `is a document of no known format; it must be a mapping: a spec with an image (native), or one of ${PARSERS.map(({ format }) => format).join(', ')}`;
    return { ok: false, problems: [{ where: documents[0].locate(''), message }], notes: [] };
  }
  const stream = { documents, reports: documents.map(({ locate }) => new Report(locate)) };
  const drafted = parser.draft(stream, options);
  const said = everythingSaid(stream);
  if (drafted === undefined || said.problems.length > 0) return failed(parser.format, said);

  const { draft, index } = drafted;
  const parsed = parseJobSpec(draft.value, options.provisioningAtLeastS);
  if (!parsed.ok) {
    for (const problem of parsed.problems) reportAtOrigin(stream.reports[index], draft, problem);
    return failed(parser.format, everythingSaid(stream));
  }
  const locate = documents[index]?.locate ?? documents[0].locate;
  const beside = options.location === undefined ? [] : [locationNote(options.location, locate(''))];
  return {
    ok: true,
    format: parser.format,
    spec: parsed.spec,
    notes: [...said.notes, ...beside],
    whereOf: (pointer) => locate(originOf(draft, pointer)),
  };
}

function parserFor(
  format: Format | undefined,
  documents: DocumentStream['documents'],
): FormatParser | undefined {
  if (format === undefined) return PARSERS.find((parser) => parser.recognises(documents));
  return PARSERS.find((parser) => parser.format === format);
}

interface Said {
  readonly problems: readonly DocumentProblem[];
  readonly notes: readonly Note[];
}

function everythingSaid({ reports }: DocumentStream): Said {
  return {
    problems: reports.flatMap(({ problems }) => problems).slice(0, MAX_PROBLEMS),
    notes: reports.flatMap(({ notes }) => notes),
  };
}

/** A draft without a problem that was reported would be a fault of its parser; the author gets to know at least that. */
function failed(format: Format, { problems, notes }: Said): ParsedDocument {
  const unexplained = {
    where: { line: 1, column: 1 },
    message: `is no ${format} document that describes a job`,
  };
  return { ok: false, format, problems: problems.length > 0 ? problems : [unexplained], notes };
}

/** What is wrong with the drafted spec is told where the document says it. */
function reportAtOrigin(
  report: Report | undefined,
  draft: DraftSpec,
  { pointer, message }: SpecProblem,
): void {
  const isSame = draft.origins === 'same';
  report?.problem(originOf(draft, pointer), isSame ? message : `${message} (${pointer} of the spec)`);
}

function originOf({ origins }: DraftSpec, pointer: string): string {
  if (origins === 'same') return pointer;
  const prefixes = [...origins.keys()].filter((origin) => `${pointer}/`.startsWith(`${origin}/`));
  const longest = prefixes.reduce((best, origin) => (origin.length > best.length ? origin : best), '');
  return origins.get(longest) ?? '';
}

function locationNote(location: string, where: Note['where']): Note {
  const message = `The location "${location}" chooses nothing: placements decide where a job runs (\`placements\` of the spec names some).`;
  return { kind: 'ignored', where, message };
}

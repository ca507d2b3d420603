// A text in any accepted format -> the one spec, or every reason why not, each with its place.
import { parseJobSpec, type SpecProblem } from '../domain/spec/job-spec';
import { type SpecChange, withOverrides } from '../domain/spec/spec-overrides';
import type { DocumentProblem, Format, Note, ParsedDocument, ParseOptions } from './document';
import type { DocumentStream, DraftSpec, FormatParser } from './format-parser';
import { PARSERS } from './parsers';
import { Report } from './report';
import { MAX_PROBLEMS } from './source/limits';
import { readSource } from './source/source';

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
  const misread = notAsMeant(parser, documents);
  if (misread.length > 0) return { ok: false, format: parser.format, problems: misread, notes: [] };
  const stream = { documents, reports: documents.map(({ locate }) => new Report(locate)) };
  const drafted = parser.draft(stream, options);
  const said = everythingSaid(stream);
  if (drafted === undefined || said.problems.length > 0) return failed(parser.format, said);

  const { draft, index } = drafted;
  const { spec: asked, changed } = withOverrides(draft.value, options.overrides ?? {});
  const parsed = parseJobSpec(asked, options.provisioningAtLeastS);
  if (!parsed.ok) {
    const problems = parsed.problems.filter(({ pointer }) => !isChanged(changed, pointer));
    for (const problem of problems) reportAtOrigin(stream.reports[index], draft, problem);
    return failed(
      parser.format,
      everythingSaid(stream),
      parsed.problems.filter((one) => !problems.includes(one)),
    );
  }
  const locate = documents[index]?.locate ?? documents[0].locate;
  return {
    ok: true,
    format: parser.format,
    spec: parsed.spec,
    notes: [...said.notes, ...notesBeside(options, parser.format, locate(''))],
    changed,
    whereOf: (pointer) => (isChanged(changed, pointer) ? { pointer } : locate(originOf(draft, pointer))),
  };
}

/** What the format's own tool would not read, or read as something else. */
function notAsMeant(
  { takesLiberties, readBy }: FormatParser,
  documents: DocumentStream['documents'],
): readonly DocumentProblem[] {
  const liberties = takesLiberties === true ? [] : documents.flatMap((document) => document.liberties);
  const otherwise = readBy === undefined ? [] : documents.flatMap(({ otherwiseIn }) => otherwiseIn(readBy));
  return [...liberties, ...otherwise].slice(0, MAX_PROBLEMS);
}

/** What the text looks like; undefined when it is no mapping. Never throws. */
export function formatOf(text: string): Format | undefined {
  const source = readSource(text);
  return source.ok ? parserFor(undefined, source.documents)?.format : undefined;
}

/** Whether what stands at the pointer was not said by the document. */
function isChanged(changed: readonly SpecChange[], pointer: string): boolean {
  return changed.some((change) => `${pointer}/`.startsWith(`${change.pointer}/`));
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

/**
 * A draft without a problem that was reported would be a fault of its parser; the author gets to know at least that.
 */
function failed(format: Format, said: Said, beside: readonly SpecProblem[] = []): ParsedDocument {
  const unexplained = {
    where: { line: 1, column: 1 },
    message: `is no ${format} document that describes a job`,
  };
  const overridden = beside.map(({ pointer, message }) => ({ where: { pointer }, message }));
  const problems = [...said.problems, ...overridden];
  return { ok: false, format, problems: problems.length > 0 ? problems : [unexplained], notes: said.notes };
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

/** What is given beside the document and chooses nothing. */
function notesBeside(
  { location, restartPolicy }: ParseOptions,
  format: Format,
  where: Note['where'],
): Note[] {
  const messages = [
    ...(location === undefined
      ? []
      : [
          `The location "${location}" chooses nothing: placements decide where a job runs (\`placements\` of the spec names some).`,
        ]),
    ...(restartPolicy === undefined || format !== 'native'
      ? []
      : [
          `The restart policy ${restartPolicy} chooses nothing: a spec has none, for a job ends with its program (\`retry\` says what is tried again).`,
        ]),
  ];
  return messages.map((message): Note => ({ kind: 'ignored', where, message }));
}

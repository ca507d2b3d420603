// Reads a request's body as a document in any accepted format: the spec, or the problem details that say why not.
import type { HttpRequest, HttpResponseInit } from '@azure/functions';

import type { ProblemError } from '../../api/problem';
import { documentQuerySchema } from '../../api/submissions';
import type { SpecProblem } from '../../domain/spec/job-spec';
import type { DocumentProblem, ParsedDocument } from '../../formats/document';
import { parseDocument } from '../../formats/parse-document';
import { MAX_DOCUMENT_BYTES } from '../../formats/source/limits';
import { isWithoutItsLines } from '../../formats/source/without-lines';
import { problem } from './problem';
import { readQuery } from './read-query';

export type TakenDocument = Extract<ParsedDocument, { ok: true }>;
export type ReadDocument =
  | { readonly ok: true; readonly document: TakenDocument }
  | { readonly ok: false; readonly problem: HttpResponseInit };

/** `provisioningAtLeastS`: the least provisioning deadline of a spec, seconds. */
export async function readDocument(
  request: HttpRequest,
  provisioningAtLeastS: number,
): Promise<ReadDocument> {
  const read = readQuery(request, documentQuerySchema);
  if (!read.ok) return read;
  const body = Buffer.from(await request.arrayBuffer());
  if (body.length > MAX_DOCUMENT_BYTES) {
    const detail = `The body has ${body.length} bytes, at most ${MAX_DOCUMENT_BYTES} are taken.`;
    return { ok: false, problem: problem(413, 'Body too large', detail) };
  }
  const text = asText(body);
  if (text === undefined)
    return { ok: false, problem: problem(400, 'Body is no text', 'The body must be JSON or YAML in UTF-8.') };
  const document = parseDocument(text, { ...read.query, provisioningAtLeastS });
  if (document.ok) return { ok: true, document };
  if (isWithoutItsLines(text))
    return { ok: false, problem: problem(400, 'Body without line breaks', WITHOUT_LINES) };
  return { ok: false, problem: invalidDocument(document.problems, document.format ?? 'job') };
}

const WITHOUT_LINES =
  'The body is YAML in one line: `curl -d @FILE` takes the line breaks out. Send the file as it is, with `curl --data-binary @FILE`.';

/** What a valid spec may not say here, told at its place in the document. */
export function refusedSpec(
  problems: readonly SpecProblem[],
  { whereOf, format }: TakenDocument,
): HttpResponseInit {
  const located = problems.map(({ pointer, message }) => ({ where: whereOf(pointer), message }));
  return invalidDocument(located, format);
}

function invalidDocument(problems: readonly DocumentProblem[], format: string): HttpResponseInit {
  const errors = problems.map(({ where, message }): ProblemError => ({ ...where, detail: message }));
  const detail = `${problems.length} thing${problems.length === 1 ? ' is' : 's are'} wrong with the ${format} document; \`errors\` says where.`;
  return problem(400, 'Invalid job spec', detail, { errors });
}

function asText(body: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined; // The only reason is that it is not UTF-8.
  }
}

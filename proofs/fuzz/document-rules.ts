// The rules that every answer of parseDocument must keep.
import assert from 'node:assert/strict';

import { jobSpecSchema } from '../../domain/spec/job-spec';
import { FORMATS, type ParsedDocument, type ParseOptions, type Where } from '../../formats/document';
import { parseDocument } from '../../formats/parse-document';

/**
 * The options that accompany a document. The document's length chooses them, so an input alone determines the case.
 * Half of the inputs get none.
 */
function optionsFor(text: string): ParseOptions {
  const turn = text.length % 14;
  const parameters = Object.fromEntries([
    ['p', text.slice(0, 20)],
    ['__proto__', 'x'],
  ]);
  return {
    provisioningAtLeastS: 600,
    ...(turn < FORMATS.length ? { format: FORMATS[turn] } : {}),
    ...(turn < 7 && turn % 2 === 0 ? { restartPolicy: 'OnFailure' } : {}),
    ...(turn === 5 ? { location: 'eastus', parameters } : {}),
  };
}

/** Parses a text. The returned function throws when the answer breaks a rule. */
export function parseAndCheck(text: string): () => void {
  const parsed = parseDocument(text, optionsFor(text));
  return () => {
    checkAnswer(text, parsed);
  };
}

function checkAnswer(text: string, parsed: ParsedDocument): void {
  for (const { where, message } of parsed.notes) checkPlace(text, where, message);
  if (parsed.ok) {
    assert.ok(jobSpecSchema.safeParse(parsed.spec).success, 'a spec that is taken is a spec');
    assert.deepEqual(
      Object.keys(parsed.spec).filter((key) => !(key in jobSpecSchema.shape)),
      [],
    );
    checkPlace(text, parsed.whereOf('/image'), 'whereOf');
    return;
  }
  assert.ok(parsed.problems.length > 0, 'a document that is not taken has a problem');
  assert.ok(parsed.problems.length <= 50, 'nobody reads more than 50 problems');
  for (const { where, message } of parsed.problems) checkPlace(text, where, message);
}

function checkPlace(text: string, where: Where, message: string): void {
  assert.ok(message.trim().length > 0, 'something is said');
  assert.ok(message.length <= 1001, `a message of ${message.length} characters is read by nobody`);
  assert.ok((where.pointer ?? '').length <= 20_000, 'a pointer that long leads nobody');
  const { line, column } = where;
  assert.ok(line !== undefined, `"${message}" has no line`);
  assert.ok(line >= 1 && column >= 1, `"${message}" is at ${line}:${column}`);
  if (text.length > 300_000) return;
  const lines = text.split('\n');
  assert.ok(line <= lines.length, `"${message}" is at line ${line} of ${lines.length}`);
  const length = (lines[line - 1] ?? '').length;
  assert.ok(column <= length + 1, `"${message}" is at column ${column} of ${length}`);
}

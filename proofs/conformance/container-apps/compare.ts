// Whether an answer is the recorded one: status, the headers that mean something, and the body.
import { differences } from '../compare';
import type { Answer } from '../kubernetes/answer';
import { normalise } from './normalise';
import { COMPARED_HEADERS, KEEP_RETRY_AFTER } from './not-compared';
import type { Recording } from './recording';

/**
 * The places where they differ; empty when they are alike. Of a report or an example only what it shows is compared: a
 * status that it does not tell, its headers and the members that it leaves out are not.
 */
export function compareAnswer(recording: Recording, answer: Answer): string[] {
  const { response } = recording;
  const isWhole = recording.kind === 'recorded';
  const ours = parsed(answer.text());
  return differences(
    normalise({
      status: response.status ?? answer.status,
      ...(isWhole && { headers: headersOf(recording, response.headers) }),
      body: bodyOf(response.body),
    }),
    normalise({
      status: answer.status,
      ...(isWhole && { headers: headersOf(recording, answer.headers) }),
      body: isWhole ? ours : likeShape(bodyOf(response.body), ours),
    }),
  );
}

/** Compares rows of a log table: the members that the recording shows of each row, or only these of them. */
export function compareRows(
  recorded: unknown,
  ours: readonly unknown[],
  columns?: readonly string[],
): string[] {
  const chosen = columns === undefined ? recorded : likeNames(columns, recorded);
  return differences(normalise({ rows: chosen }), normalise({ rows: likeShape(chosen, ours) }));
}

function likeNames(names: readonly string[], rows: unknown): unknown {
  if (!Array.isArray(rows)) return rows;
  return rows.map((row: unknown) =>
    isRecord(row) ? Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name))) : row,
  );
}

/** Of `ours` only the members that `shape` has, at every depth. */
function likeShape(shape: unknown, ours: unknown): unknown {
  if (Array.isArray(shape) && Array.isArray(ours))
    return ours.map((each, index) => likeShape(shape[Math.min(index, shape.length - 1)], each));
  if (!isRecord(shape) || !isRecord(ours)) return ours;
  return Object.fromEntries(
    Object.keys(shape)
      .filter((name) => name in ours)
      .map((name) => [name, likeShape(shape[name], ours[name])]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A stream of JSON lines is compared line by line; no body as the empty text. */
function bodyOf(body: unknown): unknown {
  return typeof body === 'string' ? parsed(body) : (body ?? '');
}

function parsed(text: string): unknown {
  const lines = text.split('\n').filter((line) => line !== '');
  const values = lines.map((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return value;
    } catch {
      return line;
    }
  });
  return values.length > 1 ? values : (values[0] ?? '');
}

function headersOf({ source }: Recording, headers: Readonly<Record<string, string>>): Record<string, string> {
  const keepsRetryAfter = KEEP_RETRY_AFTER.includes(source.repo ?? '');
  const names = [...COMPARED_HEADERS, ...(keepsRetryAfter ? ['retry-after'] : [])];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

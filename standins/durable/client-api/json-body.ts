// Request bodies that should be JSON, and Newtonsoft.Json's words for those that are not.
import { rewritten } from '../history/typed-value';
import { DotnetError } from '../worker/failure';

/** The body's JSON in the form of the store, null for the value null. Throws a JsonReaderError. */
export function jsonBody(body: Buffer): string | null {
  const text = body.toString('utf8').replace(/^\uFEFF/, '');
  try {
    return rewritten(text);
  } catch {
    throw new JsonReaderError(complaintAbout(text));
  }
}

export class JsonReaderError extends DotnetError {
  constructor(message: string) {
    super('Newtonsoft.Json.JsonReaderException', message);
  }
}

/** Newtonsoft's complaint: as recorded for the two usual mistakes, for others with the position where JSON ends. */
function complaintAbout(text: string): string {
  if (text.trim() === '') return "Error reading JToken from JsonReader. Path '', line 0, position 0.";
  if (/^\s*\{\s*[A-Za-z_$][\w$]*$/.test(text))
    return `Unexpected end while parsing unquoted property name. ${placeAfter(text)}`;
  const wrong = /^\s*(\S)/.exec(text);
  return `Unexpected character encountered while parsing value: ${wrong?.[1] ?? ''}. ${placeAfter(wrong?.[0] ?? '')}`;
}

function placeAfter(read: string): string {
  const lines = read.split('\n');
  return `Path '', line ${lines.length}, position ${(lines.at(-1) ?? '').length}.`;
}

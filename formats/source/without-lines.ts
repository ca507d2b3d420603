// YAML whose line breaks were lost on the way: `curl -d @FILE` removes them, and so does XML in some queue SDKs.
import { formatOf } from '../parse-document';

/** Whether the text is several fields of YAML in one line, which is no mapping any more. */
export function isWithoutItsLines(text: string): boolean {
  const line = text.trim();
  return !/[\r\n]/.test(line) && FIELDS.test(line) && formatOf(line) === undefined;
}

/** A field or a comment, then another field; a flow mapping or JSON would begin with a bracket. */
const FIELDS = /^(?:#|[^\s{["'][^:{["'\s]*:\s).*[\w.$/-]:(?:\s|$)/;

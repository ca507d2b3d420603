// Whether a text is meant as JSON: told from its first signs alone, so that a mistake further on is told as JSON's and
// never read as YAML.
import { afterBlank, startOf } from './json-blank';

/**
 * A list in brackets, or an object in braces whose first name stands in double quotes (or that has none).
 * `{ image: x }` is YAML: its name has no quotes. A document that starts with `---` is YAML whatever follows.
 */
export function isMeantAsJson(text: string): boolean {
  const start = afterBlank(text, startOf(text));
  if (text[start] === '[') return true;
  if (text[start] !== '{') return false;
  const next = text[afterBlank(text, start + 1)];
  return next === undefined || next === '"' || next === '}' || next === '/' || next === ',';
}

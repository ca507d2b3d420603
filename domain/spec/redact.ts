// Takes literal secrets out of a refused message before it is kept.
import { withoutSignatures } from '../parse/without-secrets';

const REDACTED = '[redacted]';

/** The members in which documents hold secrets: our own `secure`, and those of container groups and their templates. */
const SECRET_NAMES = ['secure', 'secureValue', 'password', 'storageAccountKey', 'workspaceKey'];
const IS_SECRET = new RegExp(`^(?:${SECRET_NAMES.join('|')})$`, 'i');

/**
 * The same members in a text that is not JSON: almost JSON, or YAML. A quoted value that never ends counts too; a bare
 * value ends with its line.
 */
const SECRET_TEXT = new RegExp(
  `((["']?)\\b(?:${SECRET_NAMES.join('|')})\\2\\s*:\\s*)("(?:[^"\\\\]|\\\\[^])*|'(?:[^'\\\\]|\\\\[^]|'')*|[^\\s"'{[][^\\n]*)`,
  'gi',
);

/**
 * The bytes with each literal secret redacted, and signatures of addresses wherever they stand; also where they are not
 * quite JSON. Other bytes stay as they are.
 */
export function redacted(bytes: Buffer): Buffer {
  const text = bytes.toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    const kept = withoutSignatures(
      text.replace(
        SECRET_TEXT,
        (_all, before: string, _quote, value: string) =>
          `${before}${/^["']/.exec(value)?.[0] ?? ''}${REDACTED}`,
      ),
    );
    return kept === text ? bytes : Buffer.from(kept);
  }
  const kept = JSON.stringify(withoutSecrets(parsed, (key) => IS_SECRET.test(key)));
  return Buffer.from(withoutSignatures(kept));
}

/** A copy of a spec with each `secure` value redacted. A value that JSON does not have becomes null. */
export function redactedValue(value: unknown): unknown {
  return withoutSecrets(value, (key) => key === 'secure');
}

function withoutSecrets(value: unknown, isSecret: (key: string) => boolean): unknown {
  const text = JSON.stringify(value, (key, member: unknown) => (isSecret(key) ? REDACTED : member)) as
    string | undefined;
  return text === undefined ? null : JSON.parse(text);
}

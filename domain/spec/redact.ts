// Takes literal secrets out of what is kept of a refused message.

const REDACTED = '[redacted]';

/** Where documents that strangers send hold secrets: our own `secure`, and what container groups and their templates write. */
const SECRET_NAMES = ['secure', 'secureValue', 'password', 'storageAccountKey', 'workspaceKey'];
const IS_SECRET = new RegExp(`^(?:${SECRET_NAMES.join('|')})$`, 'i');

/** The same in a text that is no JSON: almost JSON, or YAML. A quoted value that never ends counts too; a bare one ends with its line. */
const SECRET_TEXT = new RegExp(
  `((["']?)\\b(?:${SECRET_NAMES.join('|')})\\2\\s*:\\s*)("(?:[^"\\\\]|\\\\[^])*|'(?:[^'\\\\]|\\\\[^]|'')*|[^\\s"'{[][^\\n]*)`,
  'gi',
);

/** The bytes with each literal secret in them redacted, also in bytes that are not quite JSON; other bytes are kept as they are. */
export function redacted(bytes: Buffer): Buffer {
  const text = bytes.toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    const kept = text.replace(
      SECRET_TEXT,
      (_all, before: string, _quote, value: string) =>
        `${before}${/^["']/.exec(value)?.[0] ?? ''}${REDACTED}`,
    );
    return kept === text ? bytes : Buffer.from(kept);
  }
  return Buffer.from(JSON.stringify(withoutSecrets(parsed, (key) => IS_SECRET.test(key))));
}

/** A copy of a spec with each `secure` value in it redacted; what is no JSON value is null. */
export function redactedValue(value: unknown): unknown {
  return withoutSecrets(value, (key) => key === 'secure');
}

function withoutSecrets(value: unknown, isSecret: (key: string) => boolean): unknown {
  const text = JSON.stringify(value, (key, member: unknown) => (isSecret(key) ? REDACTED : member)) as
    string | undefined;
  return text === undefined ? null : JSON.parse(text);
}

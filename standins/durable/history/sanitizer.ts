// The host's removal of what looks like a credential from the messages of failures.

const REPLACEMENT = '[Hidden Credential]';
const ALLOWED_TOKENS = ['PublicKeyToken='];
const CREDENTIAL_TOKENS = [
  'Token=',
  'DefaultEndpointsProtocol=http',
  'AccountKey=',
  'Data Source=',
  'Server=',
  'Password=',
  'pwd=',
  '&amp;sig=',
  '&sig=',
  '?sig=',
  'SharedAccessKey=',
  '&amp;code=',
  '&code=',
  '?code=',
];
/** `scheme://user:password@host`: not with a `%` or `$` at the places where a placeholder would stand. */
const URL_WITH_PASSWORD =
  /[a-z0-9]{3,5}:\/\/[^%:\s"'/][^:\s"'/$]+[^:\s"'/$%]:[^%\s"'/][^@\s"'/]{0,100}[^%\s"'/]@[$a-z0-9:._%?=/-]+/gi;
/** A secret is taken to end before the first of these. */
const TERMINATOR = /[<"']/g;

/**
 * From each known token to the next quote or `<`, or to the end, the text is replaced; even inside JSON, which may
 * break it.
 */
export function sanitize(message: string): string {
  const text = message.replace(URL_WITH_PASSWORD, REPLACEMENT);
  if (!text.includes('=')) return text;
  let shown = text;
  // Same length as `shown` at all times, with the harmless tokens masked.
  let searched = ALLOWED_TOKENS.reduce(
    (masked, token) => masked.replaceAll(token, '#'.repeat(token.length)),
    text,
  );
  for (const token of CREDENTIAL_TOKENS) {
    const wanted = token.toLowerCase();
    for (;;) {
      const start = searched.toLowerCase().indexOf(wanted);
      if (start === -1) break;
      TERMINATOR.lastIndex = start;
      const end = TERMINATOR.exec(shown)?.index ?? shown.length;
      shown = shown.slice(0, start) + REPLACEMENT + shown.slice(end);
      searched = searched.slice(0, start) + REPLACEMENT + searched.slice(end);
    }
  }
  return shown;
}

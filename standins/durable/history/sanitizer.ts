// Removes from the messages of failures what looks like a credential, as the host does.

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
/** `scheme://user:password@host`, without a `%` or `$` where a placeholder would stand. */
const URL_WITH_PASSWORD =
  /[a-z0-9]{3,5}:\/\/[^%:\s"'/][^:\s"'/$]+[^:\s"'/$%]:[^%\s"'/][^@\s"'/]{0,100}[^%\s"'/]@[$a-z0-9:._%?=/-]+/gi;
/** A secret counts as ended before the first of these. */
const TERMINATOR = /[<"']/g;

/**
 * Replaces the text from each known token to the next quote or `<`, or to the end. It does so inside JSON too, which
 * may break it.
 */
export function sanitize(message: string): string {
  const text = message.replace(URL_WITH_PASSWORD, REPLACEMENT);
  if (!text.includes('=')) return text;
  let shown = text;
  // Always as long as `shown`, with the harmless tokens masked.
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

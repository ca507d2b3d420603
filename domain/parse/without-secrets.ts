// Takes secrets out of texts that others wrote: a platform may repeat what it was sent, in an answer, an event or an
// error.

const REDACTED = '[redacted]';

/** The signature of an address, also where the address is part of another one, or of JSON. */
const SIGNATURE = /(\bsig|[&?;]sig|u0026sig|%26sig|%3fsig)(=|%3d|\\u003d)[^\s&"'<>\\,;)}\]]+/gi;
/** A key of a storage account: 64 bytes in base64. */
const ACCOUNT_KEY = /[A-Za-z0-9+/]{86}==/g;
/** Shorter values may be words of any text. */
const LEAST_CHARACTERS = 8;

/** Without signatures of addresses and keys of storage accounts, whatever they belong to. */
export function withoutSignatures(text: string): string {
  return text.replace(SIGNATURE, `$1$2${REDACTED}`).replace(ACCOUNT_KEY, REDACTED);
}

/** Without these values either, as they are and as an address or JSON would hold them. */
export function withoutSecrets(text: string, values: readonly string[]): string {
  const forms = values
    .filter((value) => value.length >= LEAST_CHARACTERS)
    .flatMap((value) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]);
  const longestFirst = [...new Set(forms)].toSorted((one, other) => other.length - one.length);
  return withoutSignatures(longestFirst.reduce((left, form) => left.replaceAll(form, REDACTED), text));
}

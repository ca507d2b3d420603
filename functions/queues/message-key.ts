// The key that tells one queue message from another, also where its body hides the queue's own metadata.
import { createHash } from 'node:crypto';

/** The metadata that name a message, as the host spells them. */
type OwnName = 'id' | 'insertionTime' | 'expirationTime';

/**
 * The idempotency key of a message that brings none: the queue's own id, which is the same at each delivery.
 *
 * The host lets a top-level property of a JSON body, in any case, replace the metadata of the same name
 * (azure-functions-host, Utility.ApplyBindingData). Where that may have happened to the id, the key is a hash of the
 * content and of the times at which the queue took the message and will drop it, as far as these are the queue's own.
 * The times are whole seconds, so equal messages of one second have one key.
 *
 * @param metadata - the invocation's trigger metadata.
 * @param entry - the message as the worker hands it over: parsed where it was JSON, else its text.
 * @param bytes - its content.
 */
export function messageKey(
  metadata: Readonly<Record<string, unknown>> | undefined,
  entry: unknown,
  bytes: Buffer,
): string {
  const own = (name: OwnName): unknown => (canReplace(entry, name) ? undefined : metadata?.[name]);
  const id = own('id');
  if (typeof id === 'string' && id !== '') return id;
  const times = [own('insertionTime') ?? null, own('expirationTime') ?? null];
  const hash = createHash('sha256').update(JSON.stringify(times)).update('\0').update(bytes);
  return `message:${hash.digest('hex')}`;
}

/**
 * Whether the host may have read a property of that name in the body. Says yes when in doubt: there is still one key
 * for each delivery, and only equal messages share it.
 */
function canReplace(entry: unknown, name: OwnName): boolean {
  const wanted = folded(name);
  if (typeof entry === 'string') return canBeReadAsObject(entry, wanted);
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return false;
  return Object.keys(entry).some((key) => folded(key) === wanted);
}

/** The host's parser takes more than JSON: comments, single quotes, names without quotes, names with escapes. */
function canBeReadAsObject(text: string, wanted: string): boolean {
  return text.includes('{') && (text.includes('\\') || folded(text).includes(wanted));
}

/** Folds two names to the same text if any way of ignoring case takes them for equal. */
function folded(text: string): string {
  return text.toUpperCase().toLowerCase();
}

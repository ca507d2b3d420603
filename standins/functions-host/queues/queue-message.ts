// Queue messages as the real host gives them to a function: their text, and the trigger metadata beside it.
import type { RpcTypedData } from '../app/function-app';
import { toTypedData } from '../app/typed-data';

/** A message just received, as @azure/storage-queue gives it. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly popReceipt: string;
  readonly messageText: string;
  /** 1 at the first delivery. */
  readonly dequeueCount: number;
  readonly insertedOn: Date;
  readonly expiresOn: Date;
  readonly nextVisibleOn: Date;
}

export type MessageEncoding = 'base64' | 'none';

/** The result of decoding a message's text. */
export type DecodedText =
  | { readonly kind: 'text'; readonly text: string }
  /** It is no base64. The real host moves such a message to the poison queue at once. */
  | { readonly kind: 'undecodable' }
  /** Its bytes are no UTF-8. The real host cannot bind them to text, so the run fails and is retried. */
  | { readonly kind: 'not-text' };

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Decodes by host.json's `messageEncoding`. */
export function decodeMessage(text: string, encoding: MessageEncoding): DecodedText {
  if (encoding === 'none') return { kind: 'text', text };
  const compact = text.replace(/\s/g, '');
  if (!BASE64.test(compact)) return { kind: 'undecodable' };
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { kind: 'text', text: decoder.decode(Buffer.from(compact, 'base64')) };
  } catch {
    return { kind: 'not-text' };
  }
}

/**
 * The trigger metadata: the queue's own (QueueTriggerBinding), then the top-level properties of a JSON object in the
 * message (Utility.ApplyBindingData). Objects stay as they are, arrays and nulls are left out, the rest becomes .NET
 * text.
 */
export function queueTriggerMetadata(
  message: ReceivedMessage,
  text: string,
): Readonly<Record<string, RpcTypedData>> {
  return withProperties(text, {
    QueueTrigger: toTypedData(text),
    DequeueCount: toTypedData(message.dequeueCount),
    ExpirationTime: dateTimeOffset(message.expiresOn),
    Id: toTypedData(message.messageId),
    InsertionTime: dateTimeOffset(message.insertedOn),
    NextVisibleTime: dateTimeOffset(message.nextVisibleOn),
    PopReceipt: toTypedData(message.popReceipt),
  });
}

/** The same for a text that no queue delivered, in a run through the admin route. */
export function queueTriggerMetadataOf(text: string): Readonly<Record<string, RpcTypedData>> {
  return withProperties(text, { QueueTrigger: toTypedData(text), DequeueCount: toTypedData(0) });
}

function withProperties(
  text: string,
  own: Readonly<Record<string, RpcTypedData>>,
): Readonly<Record<string, RpcTypedData>> {
  const metadata = new Map(Object.entries(own));
  const spelled = new Map(Object.keys(own).map((key) => [key.toLowerCase(), key]));
  for (const [name, value] of Object.entries(topLevel(text))) {
    if (value === null || Array.isArray(value)) continue;
    // Binding data ignore case, so a property may replace the queue's own, or an earlier property.
    const key = spelled.get(name.toLowerCase()) ?? name;
    spelled.set(name.toLowerCase(), key);
    metadata.set(key, toTypedData(typeof value === 'object' ? value : dotNetText(value)));
  }
  return Object.fromEntries(metadata);
}

/** As Newtonsoft writes a DateTimeOffset in UTC, without a fraction if it is zero. */
function dateTimeOffset(date: Date): RpcTypedData {
  return { json: JSON.stringify(date.toISOString().replace(/(?:\.000|(\.\d*?)0*)Z$/, '$1+00:00')) };
}

/** The properties of a JSON object; none of any other text (Utility.IsJson, JObject.Parse). */
function topLevel(text: string): Record<string, unknown> {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || isDeeperThan(parsed, MAX_DEPTH)) return {};
    return { ...parsed };
  } catch {
    return {}; // It is no JSON, so there are no properties to take.
  }
}

/** How deep objects and lists may be nested for Newtonsoft (JsonReader.MaxDepth). */
const MAX_DEPTH = 64;

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}

function dotNetText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

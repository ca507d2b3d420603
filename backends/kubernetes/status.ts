// What an answer that is no success says of itself: mostly a Status, sometimes a plain text. Pure.
import { jsonOf } from '../json-of';
import { remedyOf } from './missing-right';
import { statusSchema } from './reading/objects';

export interface SaidStatus {
  /** Empty where there is none. */
  readonly reason: string;
  readonly message: string;
  /** Of the object that it is about, such as `jobs`; empty where none is named. */
  readonly kind: string;
  readonly name: string;
}

const MOST_CHARACTERS = 1_000;

/** What is no Status is all message: the API server's own 429, a proxy's page. */
export function statusOf(text: string): SaidStatus {
  const parsed = statusSchema.safeParse(jsonOf(text));
  const { reason, message, details } = parsed.success ? parsed.data : { message: text };
  return {
    reason: reason ?? '',
    message: (message ?? '').trim().slice(0, MOST_CHARACTERS),
    kind: details?.kind ?? '',
    name: details?.name ?? '',
  };
}

/** What an answer that is no success says, for people: its status, its words, and what mends a missing right. */
export function answerInWords(answer: { readonly status: number; readonly text: string }): string {
  const { reason, message } = statusOf(answer.text);
  const said = `HTTP ${answer.status} ${reason} ${message}`.replaceAll(/ +/g, ' ').trim();
  return `${said}${remedyOf(message)}`;
}

// What an answer to a GET says that is no success: that this very object isn't there, or nothing. Pure.
import type { Observation } from '../../domain/ports/compute-backend';
import { answerInWords, statusOf } from './status';

type Unreadable = Extract<Observation, { kind: 'unreadable' }>;

/**
 * Whether the answer says that this very object does not exist. A 403 never does: rights are checked before existence
 * (docs/facts/kubernetes.md#rights).
 */
export function isAbsent(
  answer: { readonly status: number; readonly text: string },
  { kind, name }: { readonly kind: string; readonly name: string },
): boolean {
  if (answer.status !== 404) return false;
  const said = statusOf(answer.text);
  return said.reason === 'NotFound' && said.kind === kind && said.name === name;
}

export function unreadable(answer: { readonly status: number; readonly text: string }): Unreadable {
  const { kind } = statusOf(answer.text);
  const scopeMissing = answer.status === 404 && kind === 'namespaces';
  return { kind: 'unreadable', why: answerInWords(answer), scopeMissing };
}

// Why a job did not succeed: a stable code, its class, and a sentence for a person.
import { z } from 'zod';

/** interfaces.md, reason codes. */
export const REASON_CODES = [
  'image-pull',
  'image-not-found',
  'exit-code',
  'killed',
  'capacity',
  'quota',
  'throttled',
  'registry',
  'name-taken',
  'refused',
  'given-up',
  'lost',
  'platform-restart',
  'maintenance',
  'queued-deadline',
  'provisioning-deadline',
  'pulling-deadline',
  'running-deadline',
  'archiving-deadline',
  'expired',
  'canceled',
  'invalid-spec',
  'no-placement',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** `infrastructure` may be tried again; `user` is the program's or its owner's doing. */
export type ReasonClass = 'infrastructure' | 'user';

/** The one table of classes (design §4). */
const CLASS_OF: Readonly<Record<ReasonCode, ReasonClass>> = {
  'image-pull': 'infrastructure',
  'image-not-found': 'user',
  'exit-code': 'user',
  killed: 'user',
  capacity: 'infrastructure',
  quota: 'infrastructure',
  throttled: 'infrastructure',
  registry: 'infrastructure',
  'name-taken': 'infrastructure',
  refused: 'user',
  'given-up': 'infrastructure',
  lost: 'infrastructure',
  'platform-restart': 'infrastructure',
  maintenance: 'infrastructure',
  'queued-deadline': 'user',
  'provisioning-deadline': 'infrastructure',
  'pulling-deadline': 'infrastructure',
  'running-deadline': 'user',
  'archiving-deadline': 'infrastructure',
  expired: 'infrastructure',
  canceled: 'user',
  'invalid-spec': 'user',
  'no-placement': 'user',
};

export const reasonSchema = z.object({
  code: z.enum(REASON_CODES),
  class: z.enum(['infrastructure', 'user']),
  message: z.string(),
});
export type Reason = z.infer<typeof reasonSchema>;

/** Longest message kept; a row's column holds 32 Ki characters in all. */
const MAX_MESSAGE_CHARACTERS = 2_000;

export function reason(code: ReasonCode, message: string): Reason {
  return { code, class: CLASS_OF[code], message: message.slice(0, MAX_MESSAGE_CHARACTERS) };
}

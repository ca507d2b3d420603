// Why a job did not succeed: a stable code, its class, and a sentence for a person.
import { z } from 'zod';

/** `infrastructure` may be tried again. `user` is the doing of the program or of its owner. */
export type ReasonClass = 'infrastructure' | 'user';

/** What a reason says, for people, and its class unless the code that gives it knows better. */
export interface ReasonMeaning {
  readonly class: ReasonClass;
  readonly means: string;
}

/** Public names (docs/failures.md). */
export const REASON_CODES = [
  'image-pull',
  'image-not-found',
  'cannot-start',
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
  'evicted',
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

const infrastructure = (means: string): ReasonMeaning => ({ class: 'infrastructure', means });
const user = (means: string): ReasonMeaning => ({ class: 'user', means });

/** The one table of reasons; docs/failures.md shows it. */
export const REASONS: Readonly<Record<ReasonCode, ReasonMeaning>> = {
  'image-pull': infrastructure('the image could not be pulled, for a cause that may pass'),
  'image-not-found': user('the image does not exist, or these credentials may not pull it'),
  'cannot-start': user(
    'the program could not be started: the image lacks the command, say, or asks for a newer driver; of class infrastructure where the machine is at fault',
  ),
  'exit-code': user('the program ended with an exit code other than 0'),
  killed: user('the program was killed (exit code 137), perhaps because it ran out of memory'),
  capacity: infrastructure('the region has no room for such a workload now'),
  quota: infrastructure("the subscription's quota is used up, or too small"),
  throttled: infrastructure('too many requests were sent'),
  registry: infrastructure('the registry did not answer, or limits pulls'),
  'name-taken': infrastructure("something that isn't ours has the workload's name; it is left alone"),
  refused: user('the service refused the workload; of class infrastructure where the placement is at fault'),
  'given-up': infrastructure('no workload came of the create, or the platform could not provision it'),
  lost: infrastructure('the workload, or the end of its program, vanished'),
  'platform-restart': infrastructure(
    "the platform restarted the program and its first run's end can't be told",
  ),
  maintenance: infrastructure('the platform ended the program for its own maintenance'),
  evicted: infrastructure(
    'the platform took the program off its machine: a drain, Spot, a more important workload',
  ),
  'queued-deadline': user('waited for longer than its deadline'),
  'provisioning-deadline': infrastructure('was provisioned for longer than its deadline'),
  'pulling-deadline': infrastructure('its image was pulled for longer than its deadline'),
  'running-deadline': user('ran for longer than its deadline'),
  'archiving-deadline': infrastructure(
    "its log's end could not be had within its deadline; never ends a job",
  ),
  expired: infrastructure('outlived all its deadlines together'),
  canceled: user('somebody canceled it'),
  'invalid-spec': user('the spec is not valid'),
  'no-placement': user('no placement can hold such a job'),
};

export const reasonSchema = z
  .object({
    code: z.enum(REASON_CODES),
    class: z
      .enum(['infrastructure', 'user'])
      .meta({ description: "infrastructure may be tried again; user is the program's or its owner's doing" }),
    message: z.string(),
  })
  .meta({ id: 'Reason' });
export type Reason = z.infer<typeof reasonSchema>;

/** Longest message kept; a row's column holds 32 Ki characters in all. */
const MAX_MESSAGE_CHARACTERS = 2_000;

/** Give `ofClass` only where the code alone does not tell: a refusal may be the placement's own fault. */
export function reason(
  code: ReasonCode,
  message: string,
  ofClass: ReasonClass = REASONS[code].class,
): Reason {
  return { code, class: ofClass, message: message.slice(0, MAX_MESSAGE_CHARACTERS) };
}

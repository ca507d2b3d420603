// Why a job waits, or its workload does, in one line.
import type { AttemptView, JobView } from '../../api/jobs';
import type { ReasonCode } from '../../domain/job/failure-reason';
import { dateAndTime } from './duration';
import { printable } from './words';

const IN_WORDS = {
  turn: 'its turn',
  place: 'a place',
  quota: 'a quota',
  capacity: 'capacity',
  key: 'its concurrency key',
  group: 'others of its group',
  drain: 'the end of the drain',
  notBefore: 'its next attempt',
} as const;

/** `capacity: eastus had no V100 since … (2 jobs before it; until …)`; undefined for a job that does not wait. */
export function waitingInWords({ waiting }: Pick<JobView, 'waiting'>): string | undefined {
  if (waiting === undefined) return undefined;
  const { reason, message, position, until } = waiting;
  const beside = [
    ...(position === 0 ? [] : [position === 1 ? '1 job before it' : `${position} jobs before it`]),
    ...(until === undefined ? [] : [`until ${dateAndTime(Date.parse(until))}`]),
  ];
  return `${IN_WORDS[reason]}: ${beside.length === 0 ? message : message.replace(/\.$/, '')}${beside.length === 0 ? '' : ` (${beside.join('; ')})`}`;
}

/** `capacity`, `a quota`. */
export function lackInWords(code: ReasonCode): string {
  return code === 'quota' ? IN_WORDS.quota : code;
}

/** `capacity: A node is being added for the pod: …`. */
export function lackingInWords({ code, message }: NonNullable<AttemptView['lacking']>): string {
  return `${lackInWords(code)}: ${printable(message)}`;
}

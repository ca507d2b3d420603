// What the list says of its two actions, cancel and submit again.

export type Action = 'cancel' | 'again';

export const WORDS = {
  cancel: {
    title: (count: string) => `Cancel ${count}?`,
    says: 'Their programs are ended, their logs are archived, and their workloads are removed.',
    yes: 'Cancel them',
    done: 'asked to end',
    not: 'could not be cancelled',
    none: 'No job that matches can be cancelled: all are over.',
  },
  again: {
    title: (count: string) => `Submit ${count} again?`,
    says: 'Each becomes a new job with the same spec.',
    yes: 'Submit them again',
    done: 'submitted again',
    not: 'could not be submitted again',
    none: 'No job that matches can be submitted again: none is over.',
  },
} as const;

export function countInWords(count: number): string {
  return `${count} ${count === 1 ? 'job' : 'jobs'}`;
}

// What a waiting job waits for; GET /api/jobs/{id} tells what each word means (api/waiting.ts).

export const WAITING_REASONS = [
  'turn',
  'place',
  'quota',
  'capacity',
  'key',
  'group',
  'drain',
  'notBefore',
] as const;
export type WaitingReason = (typeof WAITING_REASONS)[number];

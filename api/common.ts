// Pieces of requests and answers that several resources share.
import { z } from 'zod';

import { jobIdSchema } from '../domain/job/names';

/** A whole number in a query: digits only, so that nothing else is taken for a number. */
export function wholeNumber(least: number, most: number): z.ZodType<number> {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value),
    z.number({ error }).int({ error }).min(least, { error }).max(most, { error }),
  );
}

/** A decimal number in a query, such as 12 or 1.5. */
export function decimalNumber(least: number, most: number): z.ZodType<number> {
  const error = `must be a number from ${least} to ${most}`;
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,9}(\.\d{1,20})?$/.test(value) ? Number(value) : value),
    z.number({ error }).min(least, { error }).max(most, { error }),
  );
}

/** An instant as answers carry it: ISO 8601, UTC. */
export const instantSchema = z.iso.datetime();

/** An instant as queries take it: ISO 8601 with `Z` or an offset. */
export const instantQuerySchema = z.iso.datetime({
  offset: true,
  error: 'must be an instant such as 2026-01-31T12:00:00Z',
});

/** The path of one job. */
export const jobPathSchema = z.object({ id: jobIdSchema });

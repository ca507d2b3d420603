// A spec that was made here and that the deployment refuses: its problems name places in the file or options, not in
// what was sent.
import type { ProblemError } from '../../api/problem';
import { ApiError } from '../../client/errors';
import type { Where } from '../../formats/document';
import { type GivenOverrides, optionFor } from './overrides-from-options';

/** `whereOf`: where the file says what the spec has at a pointer; left out where there is no file. */
export async function toldInItsPlaces<T>(
  request: Promise<T>,
  { options, whereOf }: { options: GivenOverrides['options']; whereOf?: (pointer: string) => Where },
): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.errors === undefined) throw error;
    const errors = error.errors.map((one) => relocated(one, options, whereOf));
    throw new ApiError(error.request, error.status, { ...error.problem, errors });
  }
}

/** The same error with what options said told as theirs. */
export function toldByOptions(error: ApiError, options: GivenOverrides['options']): ApiError {
  const errors = error.errors.map((one): ProblemError => {
    const option = one.pointer === undefined ? undefined : optionFor(options, one.pointer);
    return option === undefined ? one : { ...one, detail: `${one.detail} (by ${option})` };
  });
  return new ApiError(error.request, error.status, { ...error.problem, errors });
}

function relocated(
  error: ProblemError,
  options: GivenOverrides['options'],
  whereOf: ((pointer: string) => Where) | undefined,
): ProblemError {
  const { pointer, detail, line } = error;
  if (pointer === undefined || line === undefined) return error;
  const option = optionFor(options, pointer);
  if (option !== undefined) return { pointer, detail: `${detail} (by ${option})` };
  return { detail, ...(whereOf === undefined ? { pointer } : whereOf(pointer)) };
}

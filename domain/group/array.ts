// The `array` of a spec: which members one submission makes, by indexes or by all combinations of parameters.
import { z } from 'zod';

import { type Member, MOST_MEMBERS } from './member';

/** Azure's rule for names of environment variables (docs/facts/container-instances.md#names). */
const PARAMETER = /^[A-Za-z]([A-Za-z0-9_]{0,61}[A-Za-z0-9])?$/;
/** Each parameter stands in every entry that the lists have of a member. */
const MOST_PARAMETERS = 8;
const MOST_VALUE_CHARACTERS = 256;
const ONE_PART = /^(\d{1,9})(?:-(\d{1,9})(?::(\d{1,9}))?)?$/;
const MOST_INDEXES_CHARACTERS = 2_048;

const INDEXES_FORM = 'must be indexes such as 0-9, 0-9:3 (every third) or 1,4,7';

const indexesSchema = z
  .string()
  .max(MOST_INDEXES_CHARACTERS)
  .superRefine((text, context) => {
    const problem = indexesProblem(text);
    if (problem !== undefined) context.addIssue(problem);
  })
  .describe('Indexes of the members: 0-9, 0-9:3 (every third) or 1,4,7.');

const parameterValue = z
  .union([z.string(), z.number(), z.boolean()], { error: 'must be a text, a number, true or false' })
  .refine((value) => textOf(value).length <= MOST_VALUE_CHARACTERS, {
    error: `must have at most ${MOST_VALUE_CHARACTERS} characters`,
  });

const parameterName = z
  .string()
  .regex(PARAMETER, 'must be letters, digits and _, at most 63, not ending in _')
  .refine((name) => name !== 'index' && !name.startsWith('GPU_JOBS_'), {
    error: 'must be another name: index and GPU_JOBS_… name what every member is told',
  });

const matrixSchema = z
  .record(parameterName, z.array(parameterValue).min(1).max(MOST_MEMBERS))
  .superRefine((matrix, context) => {
    const names = Object.keys(matrix).length;
    if (names === 0 || names > MOST_PARAMETERS)
      context.addIssue(`has ${names} parameters, must have 1 to ${MOST_PARAMETERS}`);
    const members = sizeOf(matrix);
    if (members > MOST_MEMBERS) context.addIssue(tooMany(members));
    for (const [name, values] of Object.entries(matrix)) {
      const twice = values.find((value, at) => values.findIndex((one) => textOf(one) === textOf(value)) < at);
      if (twice !== undefined)
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `has "${textOf(twice)}" twice, which would be the same member twice`,
        });
    }
  })
  .describe('Parameters and their values: one member for each combination.');

export const arraySchema = z
  .strictObject({
    indexes: indexesSchema.optional(),
    matrix: matrixSchema.optional(),
    atOnce: z
      .number()
      .int()
      .min(1)
      .max(MOST_MEMBERS)
      .optional()
      .describe('How many of the members run at once; default: as many as there is room for.'),
  })
  .refine(({ indexes, matrix }) => (indexes === undefined) !== (matrix === undefined), {
    error: 'must have either indexes or matrix',
  });
export type JobArray = z.infer<typeof arraySchema>;

/** In the order of their indexes. Of a matrix the last parameter changes fastest, and they are counted from 0. */
export function membersOf({ indexes, matrix }: JobArray): readonly Member[] {
  if (indexes !== undefined) return indexesOf(indexes).map((index) => ({ index, parameters: {} }));
  let combinations: Readonly<Record<string, string>>[] = [{}];
  for (const [name, values] of Object.entries(matrix ?? {}))
    combinations = combinations.flatMap((one) => values.map((value) => ({ ...one, [name]: textOf(value) })));
  return combinations.map((parameters, index) => ({ index, parameters }));
}

/** Ascending, each once. The text is one that the schema takes. */
function indexesOf(text: string): readonly number[] {
  const all = text.split(',').flatMap((part) => {
    const range = rangeOf(part);
    if (range === undefined) return [];
    const count = Math.floor((range.last - range.first) / range.step) + 1;
    return Array.from({ length: count }, (_, at) => range.first + at * range.step);
  });
  return [...new Set(all)].sort((a, b) => a - b);
}

/** What is wrong with the text. Ranges are counted before any is spelled out. */
function indexesProblem(text: string): string | undefined {
  let members = 0;
  for (const part of text.split(',')) {
    const range = rangeOf(part);
    if (range === undefined) return `has "${part}", ${INDEXES_FORM}`;
    if (range.last < range.first) return `has "${part}", which ends before it begins`;
    if (range.step === 0) return `has "${part}", whose step must be at least 1`;
    members += Math.floor((range.last - range.first) / range.step) + 1;
  }
  return members > MOST_MEMBERS ? tooMany(members) : undefined;
}

function rangeOf(part: string): { first: number; last: number; step: number } | undefined {
  const match = ONE_PART.exec(part.trim());
  if (match?.[1] === undefined) return undefined;
  const first = Number(match[1]);
  return { first, last: Number(match[2] ?? first), step: Number(match[3] ?? 1) };
}

function sizeOf(matrix: Readonly<Record<string, readonly unknown[]>>): number {
  return Object.values(matrix).reduce((size, values) => size * values.length, 1);
}

function tooMany(members: number): string {
  return `makes ${members} members, at most ${MOST_MEMBERS} are taken: submit it in parts`;
}

function textOf(value: string | number | boolean): string {
  return String(value);
}

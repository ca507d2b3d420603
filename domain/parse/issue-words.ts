// What is wrong with a value from outside, in words that follow its place: "is a number, must be a text".
import type { z } from 'zod';

type RawIssue = z.core.$ZodRawIssue;

/**
 * Our own sentence for what a schema objects to, where the schema brings no words of its own. It repeats numbers. It
 * repeats a text only where one of a few is asked for, because any other text may be a secret in the wrong place (I7).
 */
export function issueInWords(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.input, issue.expected);
    case 'too_small':
      return wrongSize(issue.input, leastInWords(issue));
    case 'too_big':
      return wrongSize(issue.input, mostInWords(issue));
    case 'invalid_format':
      return `must ${formatInWords(issue)}`;
    case 'not_multiple_of':
      return `is ${String(issue.input)}, must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `has ${issue.keys.length === 1 ? 'a field that is' : 'fields that are'} not known: ${issue.keys.join(', ')}`;
    case 'invalid_union':
      return wrongKind(issue.input, issue);
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'has a name that is not allowed';
    case 'invalid_element':
      return issue.issues[0]?.message ?? 'has an item that is not allowed';
    case 'invalid_value':
      return `${given(issue.input)}, must be ${oneOf(issue.values)}`;
    case 'custom':
      return 'has a value that is not allowed';
  }
}

function wrongType(input: unknown, expected: string): string {
  const wanted = `must be ${TYPE_NAMES[expected] ?? expected}`;
  if (Number.isNaN(input)) return wanted;
  if (expected === 'int' && typeof input === 'number') return `is ${input}, ${wanted}`;
  return `${kindOf(input)}, ${wanted}`;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  map: 'an object',
  null: 'null',
  undefined: 'left out',
  never: 'left out',
  void: 'left out',
  nonoptional: 'given',
  date: 'a date',
};

/** The kind of a value, without its content. */
function kindOf(input: unknown): string {
  if (input === undefined) return 'is missing';
  if (input === null) return 'is null';
  if (Array.isArray(input)) return 'is a list';
  if (typeof input === 'boolean') return `is ${String(input)}`;
  if (typeof input === 'string') return 'is a text';
  return typeof input === 'number' ? 'is a number' : 'is an object';
}

/** A value that should be one of a few, repeated where it is short. */
function given(input: unknown): string {
  const isShort = typeof input === 'string' && input.length <= 40;
  if (isShort) return `is ${JSON.stringify(input)}`;
  return typeof input === 'number' ? `is ${input}` : kindOf(input);
}

function oneOf(values: readonly unknown[]): string {
  const [first, ...others] = values.map((value) =>
    typeof value === 'string' ? `"${value}"` : String(value),
  );
  if (first === undefined) return 'left out';
  return others.length === 0 ? first : `one of ${[first, ...others].join(', ')}`;
}

type Size = Extract<RawIssue, { readonly code: 'too_small' | 'too_big' }>;

function leastInWords({ minimum, inclusive, exact, origin }: Extract<Size, { code: 'too_small' }>): string {
  const unit = unitOf(origin, Number(minimum));
  if (exact === true) return `exactly ${minimum}${unit}`;
  return `${inclusive === false ? 'more than' : 'at least'} ${minimum}${unit}`;
}

function mostInWords({ maximum, inclusive, exact, origin }: Extract<Size, { code: 'too_big' }>): string {
  const unit = unitOf(origin, Number(maximum));
  if (exact === true) return `exactly ${maximum}${unit}`;
  return `${inclusive === false ? 'less than' : 'at most'} ${maximum}${unit}`;
}

function wrongSize(input: unknown, wanted: string): string {
  if (typeof input === 'number' || typeof input === 'bigint') return `is ${input}, must be ${wanted}`;
  const size = sizeOf(input);
  if (size === 0) return `is empty, must have ${wanted}`;
  return size === undefined ? `must be ${wanted}` : `has ${size}, must have ${wanted}`;
}

function sizeOf(input: unknown): number | undefined {
  if (typeof input === 'string' || Array.isArray(input)) return input.length;
  return typeof input === 'object' && input !== null ? Object.keys(input).length : undefined;
}

function unitOf(origin: string, count: number): string {
  const unit = { string: 'character', array: 'item', set: 'item', map: 'entry', file: 'byte' }[origin];
  if (unit === undefined) return '';
  if (count === 1) return ` ${unit}`;
  return unit === 'entry' ? ' entries' : ` ${unit}s`;
}

function formatInWords(issue: Extract<RawIssue, { readonly code: 'invalid_format' }>): string {
  const { format, pattern = 'a pattern' } = issue;
  if (format === 'regex') return `match ${pattern}`;
  if (format === 'starts_with') return `begin with "${String(issue['prefix'])}"`;
  if (format === 'ends_with') return `end with "${String(issue['suffix'])}"`;
  if (format === 'includes') return `hold "${String(issue['includes'])}"`;
  return `be ${FORMAT_NAMES[format] ?? `of the format ${format}`}`;
}

const FORMAT_NAMES: Readonly<Record<string, string>> = {
  datetime: 'a date and time such as 2026-11-22T03:00:00Z',
  date: 'a date such as 2026-11-22',
  time: 'a time such as 03:00:00',
  duration: 'a duration such as PT1H',
  url: 'a URL such as https://example.com',
  uuid: 'a UUID',
  guid: 'a UUID',
  email: 'an e-mail address',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  base64: 'base64',
  json_string: 'JSON',
};

/**
 * For a value that fits none of several shapes: what each shape asks for at its root. Where one fits at its root, what
 * it objects to inside.
 */
function wrongKind(input: unknown, issue: Extract<RawIssue, { readonly code: 'invalid_union' }>): string {
  if (issue.inclusive === false) return 'fits more than one of the shapes that are allowed';
  if (issue.discriminator !== undefined && issue.options !== undefined)
    return `must have "${issue.discriminator}": ${oneOf(issue.options)}`;
  const atRoot = issue.errors.map((issues) => issues.find(({ path }) => path.length === 0));
  const fitting = issue.errors.filter((_, index) => atRoot[index] === undefined);
  const [inside] = fitting.sort((one, other) => one.length - other.length)[0] ?? [];
  if (inside !== undefined) return `does not fit: ${inside.path.join('/')} ${inside.message}`;
  const wanted = atRoot.flatMap((one) => (one === undefined ? [] : [afterMust(one.message)]));
  return `${given(input)}, must be ${[...new Set(wanted)].join(' or ')}`;
}

/** The part of our sentence that says what is asked for: `a text` of `is a number, must be a text`. */
function afterMust(message: string): string {
  return /must be (.*)$/s.exec(message)?.[1] ?? message;
}

// What an evaluated value was made of besides the template: secure parameters, and stand-ins for what only a deployment
// knows.
import { isMapping } from '../reader';

export interface Marks {
  /** Names of secure parameters. */
  readonly secrets: ReadonlySet<string>;
  /** What stands for something that is not known here, for a person. */
  readonly assumptions: ReadonlySet<string>;
}

/** A scalar with its marks. In lists and objects each scalar bears its own. */
export class Marked {
  readonly value: string | number | boolean;
  readonly marks: Marks;

  constructor(value: string | number | boolean, marks: Marks) {
    this.value = value;
    this.marks = marks;
  }
}

export const NO_MARKS: Marks = { secrets: new Set(), assumptions: new Set() };

export function secretMark(parameter: string): Marks {
  return { secrets: new Set([parameter]), assumptions: new Set() };
}

export function assumptionMark(assumption: string): Marks {
  return { secrets: new Set(), assumptions: new Set([assumption]) };
}

/** All of both. */
export function mergedMarks(one: Marks, other: Marks): Marks {
  if (isUnmarked(one)) return other;
  if (isUnmarked(other)) return one;
  return {
    secrets: new Set([...one.secrets, ...other.secrets]),
    assumptions: new Set([...one.assumptions, ...other.assumptions]),
  };
}

/**
 * The value, each scalar in it with these marks besides its own. What is only true, false or null about a secret does
 * not tell it.
 */
export function marked(value: unknown, marks: Marks): unknown {
  if (isUnmarked(marks)) return value;
  if (Array.isArray(value)) return value.map((item) => marked(item, marks));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, marked(member, marks)]));
  const [scalar, own] = value instanceof Marked ? [value.value, value.marks] : [value, NO_MARKS];
  if (typeof scalar !== 'string' && typeof scalar !== 'number' && typeof scalar !== 'boolean') return value;
  const all = mergedMarks(own, marks);
  const kept = typeof scalar === 'boolean' ? { ...all, secrets: NO_MARKS.secrets } : all;
  return isUnmarked(kept) ? scalar : new Marked(scalar, kept);
}

/** A scalar without its marks; anything else as it is. */
export function scalarOf(value: unknown): unknown {
  return value instanceof Marked ? value.value : value;
}

/** The value without marks, at any depth; `onMarks` takes them. `visit` is called for each value and may throw. */
export function bare(value: unknown, visit: () => void, onMarks: (marks: Marks) => void): unknown {
  visit();
  if (value instanceof Marked) {
    onMarks(value.marks);
    return value.value;
  }
  if (Array.isArray(value)) return value.map((item) => bare(item, visit, onMarks));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, bare(member, visit, onMarks)]),
  );
}

/** Whether the value is an object of the template: no list, no marked scalar, no lambda. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    isMapping(value) &&
    (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)
  );
}

function isUnmarked({ secrets, assumptions }: Marks): boolean {
  return secrets.size === 0 && assumptions.size === 0;
}

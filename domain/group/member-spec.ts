// The spec of one member: the array's spec with what tells the member from the others.
import { parseUntrusted } from '../parse/parse-untrusted';
import { type JobSpec, jobSpecSchema, MAX_SPEC_BYTES, problemsOf, type SpecProblem } from '../spec/job-spec';
import { type JobArray, membersOf } from './array';
import type { Member } from './member';

/** `{{index}}` or `{{NAME}}`, with or without spaces inside. Other double braces are left as they are. */
const PLACEHOLDER = /\{\{ ?([A-Za-z][A-Za-z0-9_]*) ?\}\}/g;

const GROUP = 'GPU_JOBS_GROUP';
const INDEX = 'GPU_JOBS_ARRAY_INDEX';
const SIZE = 'GPU_JOBS_ARRAY_SIZE';

/** The most bytes of all members' specs together, as JSON. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Of a spec that has passed `arrayProblems`. Its key stays with the group. */
export function memberSpec(spec: JobSpec, group: { id: string; size: number }, member: Member): JobSpec {
  const told = {
    ...member.parameters,
    [GROUP]: group.id,
    [INDEX]: String(member.index),
    [SIZE]: String(group.size),
  };
  const fill = (text: string): string =>
    text.replace(PLACEHOLDER, (whole, name: string) => valueOf(member, name) ?? whole);
  const { command, args, env, name, labels } = spec;
  return {
    ...spec,
    array: undefined,
    idempotencyKey: undefined,
    ...(command === undefined ? {} : { command: command.map(fill) }),
    ...(args === undefined ? {} : { args: args.map(fill) }),
    env: { ...mapped(env ?? {}, (value) => (typeof value === 'string' ? fill(value) : value)), ...told },
    ...(name === undefined ? {} : { name: fill(name) }),
    ...(labels === undefined ? {} : { labels: mapped(labels, fill) }),
  };
}

/** What keeps an array from becoming members. The spec itself has been parsed. */
export function arrayProblems(spec: JobSpec): SpecProblem[] {
  const { array } = spec;
  if (array === undefined) return [];
  const members = membersOf(array);
  const problems = [...takenNames(spec, array), ...unknownPlaceholders(spec, members[0])];
  if (problems.length > 0) return problems;
  let bytes = 0;
  for (const member of members) {
    const made = memberSpec(spec, { id: 'g0000000000000000000', size: members.length }, member);
    const size = Buffer.byteLength(JSON.stringify(made));
    bytes += size;
    if (bytes > MOST_BYTES)
      return [at('/array', `makes members of more than ${MOST_BYTES} bytes together: make fewer at a time`)];
    if (size > MAX_SPEC_BYTES)
      return [at('/array', `makes a member of ${size} bytes, at most ${MAX_SPEC_BYTES} are taken`)];
    const parsed = parseUntrusted(jobSpecSchema, made);
    if (!parsed.success)
      return problemsOf(parsed.error).map(({ pointer, message }) =>
        at(pointer, `${message} (in the member with index ${member.index})`),
      );
  }
  return [];
}

function valueOf(member: Member, name: string): string | undefined {
  return name === 'index' ? String(member.index) : member.parameters[name];
}

/** A variable that both the spec and the group give. */
function takenNames({ env = {} }: JobSpec, { matrix = {} }: JobArray): SpecProblem[] {
  return [GROUP, INDEX, SIZE, ...Object.keys(matrix)]
    .filter((name) => name in env)
    .map((name) =>
      at(`/env/${name}`, 'is given to each member by the array; give the variable another name'),
    );
}

/** A name in braces that is none would run every member with a text that its user did not mean. */
function unknownPlaceholders({ command, args, env, name, labels }: JobSpec, first?: Member): SpecProblem[] {
  const texts: [string, unknown][] = [
    ...(command ?? []).map((text, index): [string, unknown] => [`/command/${index}`, text]),
    ...(args ?? []).map((text, index): [string, unknown] => [`/args/${index}`, text]),
    ...Object.entries(env ?? {}).map(([key, text]): [string, unknown] => [`/env/${key}`, text]),
    ...Object.entries(labels ?? {}).map(([key, text]): [string, unknown] => [`/labels/${key}`, text]),
    ['/name', name],
  ];
  const known = ['index', ...Object.keys(first?.parameters ?? {})];
  return texts.flatMap(([pointer, text]) => {
    const names = typeof text === 'string' ? [...text.matchAll(PLACEHOLDER)].map(([, one]) => one ?? '') : [];
    const unknown = names.find((one) => !known.includes(one));
    if (unknown === undefined) return [];
    const allowed = known.map((one) => `{{${one}}}`).join(', ');
    return [at(pointer, `has {{${unknown}}}, which no member has a value for; known are ${allowed}`)];
  });
}

function mapped<From, To>(
  values: Readonly<Record<string, From>>,
  to: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, to(value)]));
}

function at(pointer: string, message: string): SpecProblem {
  return { pointer, message };
}

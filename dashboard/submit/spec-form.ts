// The form's fields, and the spec that they stand for. What has no field of its own stays as JSON in one for the rest.
import { textOf, wordsOf } from './command-words';
import { fitsLine, linesOf, namedOf } from './named-lines';

/** What a person typed, by field. */
export type FormFields = Readonly<Record<FieldName, string>> & {
  /** Literal secrets that the spec has and nobody is shown: to be typed again. */
  readonly secrets: Readonly<Record<string, string>>;
};
export type FieldName =
  | 'name'
  | 'image'
  | 'command'
  | 'args'
  | 'gpuSku'
  | 'gpuCount'
  | 'cpu'
  | 'memoryGb'
  | 'env'
  | 'references'
  | 'labels'
  | 'placements'
  | 'outputs'
  | 'runningMinutes'
  | 'rest';

type Spec = Readonly<Record<string, unknown>>;
export type MadeSpec =
  { readonly ok: true; readonly spec: Spec } | { readonly ok: false; readonly why: string };

export const EMPTY_FORM: FormFields = {
  name: '',
  image: '',
  command: '',
  args: '',
  gpuSku: '',
  gpuCount: '',
  cpu: '',
  memoryGb: '',
  env: '',
  references: '',
  labels: '',
  placements: '',
  outputs: '',
  runningMinutes: '',
  rest: '',
  secrets: {},
};

/** What is no number, or misses, is left for the API to refuse, in its words. */
export function specOf(fields: FormFields): MadeSpec {
  const rest = restOf(fields.rest);
  if (rest === undefined)
    return {
      ok: false,
      why: 'The rest of the spec is no mapping in JSON, such as {"retry": {"attempts": 1}}.',
    };
  const [command, args] = [wordsOf(fields.command), wordsOf(fields.args)];
  if (command === undefined) return { ok: false, why: 'A quote in the command is not closed.' };
  if (args === undefined) return { ok: false, why: 'A quote in the arguments is not closed.' };
  const env = {
    ...mapping(rest['env']),
    ...namedOf(fields.env),
    ...mapped(namedOf(fields.references), (secretRef) => ({ secretRef: secretRef.trim() })),
    ...mapped(fields.secrets, (secure) => ({ secure })),
  };
  const running = fields.runningMinutes === '' ? {} : { running: numberOf(fields.runningMinutes, 60) };
  const deadlines = { ...mapping(rest['deadlines']), ...running };
  return {
    ok: true,
    spec: {
      ...said('name', fields.name.trim()),
      image: fields.image.trim(),
      ...saidSome('command', command),
      ...saidSome('args', args),
      ...gpuOf(fields),
      ...resourcesOf(fields),
      ...rest,
      ...saidSome('env', env),
      ...saidSome('labels', namedOf(fields.labels)),
      ...saidSome(
        'placements',
        fields.placements.split(/[\s,]+/).filter((name) => name !== ''),
      ),
      ...(fields.outputs.trim() === '' ? {} : { outputs: { path: fields.outputs.trim() } }),
      ...saidSome('deadlines', deadlines),
    },
  };
}

/** `spec` as the API shows it. */
export function fieldsOf(spec: Spec): FormFields {
  const {
    name,
    image,
    command,
    args,
    gpu,
    resources,
    env,
    labels,
    placements,
    outputs,
    deadlines,
    ...others
  } = spec;
  const variables = Object.entries(mapping(env));
  const references = variables.flatMap(([key, value]) => {
    const secretRef = mapping(value)['secretRef'];
    return fitsLine(key, secretRef) ? [[key, secretRef] as const] : [];
  });
  const isWithheld = (value: unknown): boolean => mapping(value)['withheld'] === true;
  const plain = variables.filter((entry): entry is [string, string] => fitsLine(...entry));
  const known = new Set([...plain, ...references].map(([key]) => key));
  const odd = variables.filter(([key, value]) => !known.has(key) && !isWithheld(value));
  const { running, ...otherDeadlines } = mapping(deadlines);
  const minutes = typeof running === 'number' ? running / 60 : undefined;
  const rest = {
    ...others,
    ...saidSome('env', Object.fromEntries(odd)),
    ...saidSome('deadlines', otherDeadlines),
  };
  return {
    ...EMPTY_FORM,
    name: text(name),
    image: text(image),
    command: textOf(texts(command)),
    args: textOf(texts(args)),
    gpuSku: text(mapping(gpu)['sku']),
    gpuCount: text(mapping(gpu)['count']),
    cpu: text(mapping(resources)['cpu']),
    memoryGb: text(mapping(resources)['memoryGb']),
    env: linesOf(Object.fromEntries(plain)),
    references: linesOf(Object.fromEntries(references)),
    labels: linesOf(mapped(mapping(labels), text)),
    placements: texts(placements).join(', '),
    outputs: text(mapping(outputs)['path']),
    runningMinutes: text(minutes),
    rest: Object.keys(rest).length === 0 ? '' : JSON.stringify(rest, undefined, 2),
    secrets: Object.fromEntries(variables.flatMap(([key, value]) => (isWithheld(value) ? [[key, '']] : []))),
  };
}

function gpuOf({ gpuSku, gpuCount }: FormFields): Spec {
  if (gpuSku.trim() === '' && gpuCount.trim() === '') return {};
  return { gpu: { count: gpuCount.trim() === '' ? 1 : numberOf(gpuCount), ...said('sku', gpuSku.trim()) } };
}

function resourcesOf({ cpu, memoryGb }: FormFields): Spec {
  if (cpu.trim() === '' && memoryGb.trim() === '') return {};
  return {
    resources: {
      ...(cpu.trim() === '' ? {} : { cpu: numberOf(cpu) }),
      ...(memoryGb.trim() === '' ? {} : { memoryGb: numberOf(memoryGb) }),
    },
  };
}

function restOf(typed: string): Spec | undefined {
  if (typed.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(typed);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Spec) : undefined;
  } catch {
    return undefined; // It is no JSON, which the caller says.
  }
}

/** What is no number stays the text that it is. */
function numberOf(typed: string, factor = 1): number | string {
  const number = Number(typed);
  return typed.trim() === '' || Number.isNaN(number) ? typed : number * factor;
}

function mapping(value: unknown): Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Spec) : {};
}

function mapped<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function said(name: string, value: string): Spec {
  return value === '' ? {} : { [name]: value };
}

function saidSome(name: string, value: object): Spec {
  return Object.keys(value).length === 0 ? {} : { [name]: value };
}

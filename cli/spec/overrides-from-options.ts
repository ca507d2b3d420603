// The fields of a spec that options give: they replace a file's, or stand beside an image.
import type { EnvValue } from '../../domain/spec/job-spec';
import { pointerOf } from '../../domain/spec/job-spec';
import type { SpecOverrides } from '../../domain/spec/spec-overrides';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import type { Host } from '../host';
import { type ArrayOptions, arrayOverrides } from './array-options';
import { parsePairs } from './pairs';
import { type RegistryOptions, registryOverrides } from './registry-options';

export interface SpecOptions extends RegistryOptions, ArrayOptions {
  readonly image?: string;
  readonly gpu?: number;
  readonly sku?: string;
  readonly cpu?: number;
  readonly memory?: number;
  readonly env?: readonly string[];
  readonly secretEnv?: readonly string[];
  readonly secureEnv?: readonly string[];
  readonly name?: string;
  readonly label?: readonly string[];
  readonly placement?: readonly string[];
  readonly concurrencyKey?: string;
  readonly attempts?: number;
  readonly exitCodes?: readonly number[];
  readonly rerunAfterStart?: boolean;
  readonly timeLimit?: number;
}

/** Overrides, and the option that each of them comes from. */
export interface GivenOverrides {
  readonly overrides: SpecOverrides;
  /** By JSON pointer into the spec. */
  readonly options: ReadonlyMap<string, string>;
}

/**
 * `command` is what stands after `--`. It is the whole command, so the spec's own arguments go away. `env` is where the
 * values of --secure-env come from, because a command line is no place for secrets.
 */
export function overridesFromOptions(
  options: SpecOptions & { readonly idempotencyKey?: string },
  command: readonly string[],
  env: Host['env'],
): GivenOverrides {
  const { gpu, sku } = options;
  if (sku !== undefined && gpu === 0)
    throw new CliError('--sku names a GPU and --gpu 0 asks for none.', EXIT.usage);
  const given: Given = new Map();
  const set = (option: string, path: readonly string[], value: unknown): void => {
    if (value !== undefined) given.set(pointerOf(path), { option, path, value });
  };
  set('--image', ['image'], options.image);
  set('--name', ['name'], options.name);
  if (command.length > 0) {
    set('--', ['command'], command);
    set('--', ['args'], null);
  }
  if (gpu === 0) set('--gpu', ['gpu'], null);
  else set('--gpu', ['gpu', 'count'], gpu);
  set('--sku', ['gpu', 'sku'], sku);
  set('--cpu', ['resources', 'cpu'], options.cpu);
  set('--memory', ['resources', 'memoryGb'], options.memory);
  for (const { option, name, value } of variablesOf(options, env)) set(option, ['env', name], value);
  for (const [name, value] of Object.entries(parsePairs('--label', options.label)))
    set('--label', ['labels', name], value);
  for (const { option, name, value } of registryOverrides(options)) set(option, ['registry', name], value);
  for (const { option, name, value } of arrayOverrides(options)) set(option, ['array', name], value);
  set('--placement', ['placements'], options.placement);
  set('--concurrency-key', ['concurrencyKey'], options.concurrencyKey);
  set('--attempts', ['retry', 'attempts'], options.attempts);
  set('--exit-codes', ['retry', 'exitCodes'], options.exitCodes);
  const rerun = options.rerunAfterStart === false ? '--no-rerun-after-start' : '--rerun-after-start';
  set(rerun, ['retry', 'rerunAfterStart'], options.rerunAfterStart);
  set('--time-limit', ['deadlines', 'running'], options.timeLimit);
  set('--idempotency-key', ['idempotencyKey'], options.idempotencyKey);
  return {
    overrides: nested(given),
    options: new Map([...given].map(([pointer, { option }]) => [pointer, option])),
  };
}

/** The option that gave the value at a pointer, or a value around it. */
export function optionFor(options: GivenOverrides['options'], pointer: string): string | undefined {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const option = options.get(at);
    if (option !== undefined) return option;
  }
  // A whole that came with its part: `/gpu` by --sku.
  return [...options].find(([given]) => given.startsWith(`${pointer}/`))?.[1];
}

type Given = Map<
  string,
  { readonly option: string; readonly path: readonly string[]; readonly value: unknown }
>;

/** Paths of one or two names as a mapping of mappings. */
function nested(given: Given): SpecOverrides {
  const all = new Map<string, unknown>();
  const below = new Map<string, Map<string, unknown>>();
  for (const { path, value } of given.values()) {
    const [field = '', member] = path;
    if (member === undefined) all.set(field, value);
    else below.set(field, (below.get(field) ?? new Map<string, unknown>()).set(member, value));
  }
  for (const [field, members] of below) all.set(field, Object.fromEntries(members));
  return Object.fromEntries(all);
}

interface Variable {
  readonly option: string;
  readonly name: string;
  readonly value: EnvValue;
}

function variablesOf(options: SpecOptions, env: Host['env']): readonly Variable[] {
  const plain = Object.entries(parsePairs('--env', options.env));
  const referred = Object.entries(parsePairs('--secret-env', options.secretEnv));
  const variables: Variable[] = [
    ...plain.map(([name, value]) => ({ option: '--env', name, value })),
    ...referred.map(([name, secretRef]) => ({ option: '--secret-env', name, value: { secretRef } })),
    ...(options.secureEnv ?? []).map((name) => ({
      option: '--secure-env',
      name,
      value: { secure: shellValue(name, env) },
    })),
  ];
  const seen = new Map<string, string>();
  for (const { option, name } of variables) {
    const before = seen.get(name);
    if (before !== undefined)
      throw new CliError(`The variable ${name} is given twice, by ${before} and by ${option}.`, EXIT.usage);
    seen.set(name, option);
  }
  return variables;
}

function shellValue(name: string, env: Host['env']): string {
  const value = env[name];
  if (value !== undefined) return value;
  throw new CliError(
    `--secure-env ${name} takes its value from the variable ${name} of this shell, which is not set.`,
    EXIT.usage,
  );
}

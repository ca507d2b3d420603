// The options that make a group of jobs of one submission: by indexes, or by all combinations of parameters.
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { parsePair } from './pairs';

export interface ArrayOptions {
  readonly array?: string;
  /** `NAME=VALUE,VALUE,…`, one a parameter. */
  readonly matrix?: readonly string[];
  readonly atOnce?: number;
}

interface ArrayOverride {
  readonly option: string;
  readonly name: 'indexes' | 'matrix' | 'atOnce';
  /** Null takes away what the other way of naming members left. */
  readonly value: unknown;
}

/** One way of naming the members replaces the other; parameters replace those of the same names. */
export function arrayOverrides({ array, matrix, atOnce }: ArrayOptions): readonly ArrayOverride[] {
  if (array !== undefined && matrix !== undefined)
    throw new CliError(
      'The members are named either by --array or by --matrix: give one. A parameter that only repeats is one of --matrix, such as --matrix run=1,2,3.',
      EXIT.usage,
    );
  return [
    ...(array === undefined
      ? []
      : ([
          { option: '--array', name: 'indexes', value: array },
          { option: '--array', name: 'matrix', value: null },
        ] as const)),
    ...(matrix === undefined
      ? []
      : ([
          { option: '--matrix', name: 'matrix', value: parametersOf(matrix) },
          { option: '--matrix', name: 'indexes', value: null },
        ] as const)),
    ...(atOnce === undefined ? [] : ([{ option: '--at-once', name: 'atOnce', value: atOnce }] as const)),
  ];
}

function parametersOf(texts: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const parameters = new Map<string, readonly string[]>();
  for (const text of texts) {
    const [name, values] = parsePair('--matrix', text);
    if (parameters.has(name))
      throw new CliError(
        `--matrix names ${name} twice; give all its values at once: --matrix ${name}=A,B`,
        EXIT.usage,
      );
    parameters.set(name, values.split(','));
  }
  return Object.fromEntries(parameters);
}

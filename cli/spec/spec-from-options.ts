// A spec from the command line's options. The API checks it: here only what options can get wrong.
import type { EnvValue, JobSpec } from '../../domain/job-spec';
import { jobSpecSchema, problemsOf } from '../../domain/job-spec';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { parsePairs } from './pairs';

export interface SpecOptions {
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
  readonly timeLimit?: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `command` replaces the image's own. `env` is where the values of --secure-env come from: a command line is no place for secrets. */
export function specFromOptions(options: SpecOptions, command: readonly string[], env: Environment): JobSpec {
  const { image, gpu, sku, cpu, memory, name, placement, concurrencyKey, attempts, timeLimit } = options;
  if (sku !== undefined && gpu === 0)
    throw new CliError('--sku names a GPU and --gpu 0 asks for none.', EXIT.usage);
  if ((cpu === undefined) !== (memory === undefined))
    throw new CliError(
      '--cpu and --memory belong together: give both, or none for 1 core and 1.5 GB.',
      EXIT.usage,
    );
  const variables = environmentOf(options, env);
  const labels = parsePairs('--label', options.label);
  const wanted = gpu ?? (sku === undefined ? 0 : 1);
  const spec = {
    image,
    ...(name === undefined ? {} : { name }),
    ...(command.length === 0 ? {} : { command }),
    ...(Object.keys(variables).length === 0 ? {} : { env: variables }),
    ...(cpu === undefined ? {} : { resources: { cpu, memoryGb: memory } }),
    ...(wanted === 0 ? {} : { gpu: { count: wanted, ...(sku === undefined ? {} : { sku }) } }),
    ...(placement === undefined ? {} : { placements: placement }),
    ...(concurrencyKey === undefined ? {} : { concurrencyKey }),
    ...(attempts === undefined ? {} : { retry: { attempts } }),
    ...(timeLimit === undefined ? {} : { deadlines: { running: timeLimit } }),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
  };
  const parsed = jobSpecSchema.safeParse(spec);
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error).map(({ pointer, message }) => `  ${pointer} ${message}`);
  throw new CliError(['The options make no valid spec:', ...problems].join('\n'), EXIT.refused);
}

function environmentOf(options: SpecOptions, env: Environment): Record<string, EnvValue> {
  const secrets = Object.entries(parsePairs('--secret-env', options.secretEnv));
  const secure = (options.secureEnv ?? []).map((name) => {
    const value = env[name];
    if (value === undefined)
      throw new CliError(
        `--secure-env ${name} takes its value from the variable ${name} of this shell, which is not set.`,
        EXIT.usage,
      );
    return [name, { secure: value }] as const;
  });
  return {
    ...parsePairs('--env', options.env),
    ...Object.fromEntries(secrets.map(([name, secretRef]) => [name, { secretRef }])),
    ...Object.fromEntries(secure),
  };
}

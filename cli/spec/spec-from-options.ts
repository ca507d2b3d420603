// A spec from an image and the command line's options. The API checks it: here only what options can get wrong.
import { parseUntrusted } from '../../domain/parse/parse-untrusted';
import { DOCKER_HUB, parseImageReference } from '../../domain/spec/image-reference';
import { type JobSpec, jobSpecSchema, problemsOf } from '../../domain/spec/job-spec';
import { withOverrides } from '../../domain/spec/spec-overrides';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import type { Host } from '../host';
import {
  type GivenOverrides,
  optionFor,
  overridesFromOptions,
  type SpecOptions,
} from './overrides-from-options';

/** `command` replaces the image's own. */
export function specFromOptions(
  options: SpecOptions & { readonly idempotencyKey?: string },
  command: readonly string[],
  env: Host['env'],
): JobSpec {
  if ((options.cpu === undefined) !== (options.memory === undefined))
    throw new CliError(
      '--cpu and --memory belong together: give both, or none for 1 core and 1.5 GB.',
      EXIT.usage,
    );
  const given = overridesFromOptions(withServer(options), command, env);
  const parsed = parseUntrusted(jobSpecSchema, withOverrides({}, given.overrides).spec);
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error).map(({ pointer, message }) =>
    problemInOptions(given.options, pointer, message),
  );
  throw new CliError(
    ['The options make no valid spec:', ...problems.map((line) => `  ${line}`)].join('\n'),
    EXIT.refused,
  );
}

/** What is wrong at a pointer of the spec, told with the option that said it. */
function problemInOptions(options: GivenOverrides['options'], pointer: string, message: string): string {
  const option = optionFor(options, pointer);
  return option === undefined ? `${pointer}: ${message}` : `${option} (${pointer}): ${message}`;
}

/** The image is pulled from the registry that its name says, unless a server is given. */
function withServer<Options extends SpecOptions>(options: Options): Options {
  const { image, registryServer, registryIdentity, registryUsername } = options;
  if (registryServer !== undefined || (registryIdentity ?? registryUsername) === undefined) return options;
  const registry = image === undefined ? undefined : parseImageReference(image)?.registry;
  if (registry === undefined) return options;
  return { ...options, registryServer: registry === DOCKER_HUB ? DOCKER_HUB_LOGIN : registry };
}

/** The login server that Azure's own guides name for Docker Hub. */
const DOCKER_HUB_LOGIN = 'index.docker.io';

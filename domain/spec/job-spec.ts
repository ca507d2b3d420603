// The spec: what a user asks for. Parsed strictly, hashed before defaults, resolved with them.
import { z } from 'zod';

import { type Deadlines, DEFAULT_DEADLINES, MAX_DEADLINES } from '../attempt/deadlines';
import { arraySchema } from '../group/array';
import { parseUntrusted } from '../parse/parse-untrusted';
import { directoryPath } from './container-path';
import { gpuCountSchema } from './gpu';
import { kubernetesNodesSchema } from './kubernetes-nodes';
import { argumentText, valueText } from './program-text';
import { renamed } from './renamed-members';
import { resourceName } from './resource-name';
import { resourcesSchema } from './resources';
import { mountConflicts, mountMembers } from './spec-mounts';

/** Azure's rule for names of environment variables (docs/facts/container-instances.md#names). */
const ENV_NAME = /^[A-Za-z]([A-Za-z0-9_]{0,61}[A-Za-z0-9])?$/;
const SECRET_NAME = /^[0-9A-Za-z-]{1,127}$/;
/**
 * The most bytes of a spec as JSON: as many as a document may have. The check is needed because a format's references,
 * once filled in, could make a spec larger than its document.
 */
export const MAX_SPEC_BYTES = 256 * 1024;

const deadline = (name: keyof Deadlines) => z.number().int().min(1).max(MAX_DEADLINES[name]).optional();

export const secretName = z
  .string()
  .regex(SECRET_NAME, 'must be the name of a secret: letters, digits and hyphens, at most 127');

const envValue = z.union(
  [
    valueText,
    z.strictObject({
      secretRef: secretName,
    }),
    z.strictObject({ secure: valueText }),
  ],
  { error: ({ input, errors }) => whatIsWrong(input, errors.flat()) },
);

/** The problem of a variable's value. If it has one of the shapes, the text is at fault; otherwise the shape is. */
function whatIsWrong(value: unknown, issues: readonly z.core.$ZodIssue[]): string {
  if (isWithheldMark(value)) return WITHHELD_VALUE;
  const isShape = (code: string): boolean => code === 'invalid_type' || code === 'unrecognized_keys';
  const ofAText = issues.find(
    ({ code, path }) => !isShape(code) && (typeof value === 'string') === (path.length === 0),
  );
  return ofAText?.message ?? ENV_VALUE;
}

const ENV_VALUE = 'must be a text, { "secretRef": name } or { "secure": text }';
/** The problem of a variable whose value is the mark that stands for a literal secret. */
export const WITHHELD_VALUE =
  'is a literal secret, which is shown to nobody and not kept after its job: give its value as { "secure": text }, or as `gpujobs` does with --secure-env';

/** What stands in the place of a literal secret where a spec is shown (`spec-overrides.ts`). */
function isWithheldMark(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'withheld' in value;
}

export const jobSpecSchema = z.strictObject({
  image: z
    .string()
    .min(1)
    .max(512)
    .regex(/^\S+$/, 'must be an image reference without spaces, such as registry/repository:tag')
    .describe('The container image: registry/repository:tag.'),
  command: z
    .array(argumentText)
    .min(1)
    .max(256)
    .optional()
    .describe("Program and arguments; replaces the image's entrypoint. No shell reads it."),
  args: z
    .array(argumentText)
    .max(256)
    .optional()
    .describe("Appended to command, or to the image's entrypoint where the backend can (ACI can't)."),
  workingDir: directoryPath
    .optional()
    .describe("Where the program starts; default: the image's own. Not on each backend."),
  env: z
    .record(
      z.string().regex(ENV_NAME, 'must be letters, digits and _, at most 63, not ending in _'),
      envValue,
    )
    .refine((env) => Object.keys(env).length <= 100, 'must have at most 100 variables')
    .optional()
    .describe('Environment: a text, { secretRef: name in the key vault }, or by HTTP { secure: text }.'),
  resources: resourcesSchema
    .optional()
    .describe('Default: what the placement gives with the GPU; without one 1 core, 1.5 GB.'),
  gpu: z
    .strictObject({
      count: gpuCountSchema.describe('How many: a placement says which numbers it has.'),
      sku: z
        .string()
        .min(1)
        .max(64)
        .optional()
        .describe('Such as T4 or A100, in any case; left out: whatever the placement offers.'),
    })
    .optional()
    .describe('Left out: no GPU.'),
  registry: z
    .strictObject({
      server: z.string().min(1).max(255),
      identity: z.string().min(1).max(512).optional(),
      username: z.string().min(1).max(255).optional(),
      passwordRef: secretName.optional().describe('Name of a secret in the key vault.'),
    })
    .optional()
    .describe('Who pulls the image: a managed identity, or a user with a password from the key vault.'),
  identity: resourceName
    .optional()
    .describe('Who the program is to Azure: the name of an identity that the placement offers.'),
  ...mountMembers,
  deadlines: z
    .strictObject({
      queued: deadline('queued'),
      provisioning: deadline('provisioning'),
      pulling: deadline('pulling'),
      running: deadline('running'),
      archiving: deadline('archiving'),
    })
    .optional()
    .describe('Seconds that each state may last.'),
  retry: z
    .strictObject({
      attempts: z.number().int().min(1).max(20).optional(),
      rerunAfterStart: z.boolean().optional(),
      exitCodes: z
        .array(z.number().int().min(1).max(255))
        .max(32)
        .optional()
        .describe('Exit codes worth another attempt.'),
    })
    .optional()
    .describe('How often what the platform breaks is tried again; default 3 attempts.'),
  kubernetes: kubernetesNodesSchema
    .optional()
    .describe('Nodes of a Kubernetes cluster to run on; no effect elsewhere.'),
  placements: z
    .array(z.string().min(1).max(63))
    .min(1)
    .max(32)
    .optional()
    .describe('Placements to try, in this order; default: all that are configured.'),
  concurrencyKey: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe('Of the jobs with the same key one runs at a time.'),
  array: arraySchema.optional().describe('Makes a group of jobs: one for each index, or each combination.'),
  labels: z
    .record(z.string().min(1).max(63), z.string().max(256))
    .refine((labels) => Object.keys(labels).length <= 32, 'must have at most 32 labels')
    .optional()
    .describe('To find jobs by.'),
  idempotencyKey: z.string().min(1).max(256).optional().describe('The same key again is the same job.'),
  name: z.string().min(1).max(128).optional().describe('For people; need not be unique.'),
});

/** A spec as its user wrote it: parsed, without defaults. */
export type JobSpec = z.infer<typeof jobSpecSchema>;
export type EnvValue = z.infer<typeof envValue>;

/** One thing wrong with a spec. */
export interface SpecProblem {
  /** JSON pointer (RFC 6901) of the field; empty for the whole. */
  readonly pointer: string;
  readonly message: string;
}

export type ParsedSpec =
  | { readonly ok: true; readonly spec: JobSpec }
  | { readonly ok: false; readonly problems: readonly SpecProblem[] };

/**
 * Parses untrusted input and names every bad field. `provisioningAtLeastS` is the protocol's "ten minutes", in seconds.
 */
export function parseJobSpec(input: unknown, provisioningAtLeastS: number): ParsedSpec {
  const parsed = parseUntrusted(jobSpecSchema, input);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error).map(withPresentName) };
  const provisioning = parsed.data.deadlines?.provisioning;
  if (provisioning !== undefined && provisioning < provisioningAtLeastS) {
    const message = `is ${provisioning}, must be at least ${provisioningAtLeastS} seconds: a create of unknown fate may take effect until then`;
    return { ok: false, problems: [{ pointer: '/deadlines/provisioning', message }] };
  }
  const conflicts = mountConflicts(parsed.data);
  if (conflicts.length > 0) return { ok: false, problems: conflicts };
  const bytes = Buffer.byteLength(JSON.stringify(parsed.data));
  if (bytes > MAX_SPEC_BYTES) {
    const message = `has ${bytes} bytes as JSON, at most ${MAX_SPEC_BYTES} are taken; put long texts into the image`;
    return { ok: false, problems: [{ pointer: '', message }] };
  }
  return { ok: true, spec: parsed.data };
}

function withPresentName({ pointer, message }: SpecProblem): SpecProblem {
  return { pointer, message: renamed(pointer) ?? message };
}

/** A zod error as problems with JSON pointers. */
export function problemsOf(error: z.ZodError): SpecProblem[] {
  return error.issues.flatMap((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
    if (keys.length > 0)
      return keys.map((key) => ({
        pointer: pointerOf([...issue.path, key]),
        message: 'is not a known field',
      }));
    // What is wrong with a name in a record stands one level deeper than "Invalid key in record".
    const message =
      issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    return [{ pointer: pointerOf(issue.path), message }];
  });
}

/** The JSON pointer (RFC 6901) of a path. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export interface RetryPolicy {
  readonly attempts: number;
  readonly rerunAfterStart: boolean;
  readonly exitCodes: readonly number[];
}

/** Deadlines with defaults filled in. */
export function deadlinesOf(spec: Partial<JobSpec>): Deadlines {
  const asked = spec.deadlines ?? {};
  return {
    queued: asked.queued ?? DEFAULT_DEADLINES.queued,
    provisioning: asked.provisioning ?? DEFAULT_DEADLINES.provisioning,
    pulling: asked.pulling ?? DEFAULT_DEADLINES.pulling,
    running: asked.running ?? DEFAULT_DEADLINES.running,
    archiving: asked.archiving ?? DEFAULT_DEADLINES.archiving,
  };
}

/** Retry policy with defaults filled in: 3 attempts, never re-run what had started (docs/failures.md). */
export function retryPolicyOf(spec: JobSpec): RetryPolicy {
  return {
    attempts: spec.retry?.attempts ?? 3,
    rerunAfterStart: spec.retry?.rerunAfterStart ?? false,
    exitCodes: spec.retry?.exitCodes ?? [],
  };
}

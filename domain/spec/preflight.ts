// Whether a placement can hold a job at all, told in milliseconds and before anything is paid.
import type { BackendFacts } from '../backend/backend-facts';
import type { Count } from '../backend/offer';
import { resourceOf } from '../placement/capacity';
import { offeredGpus } from '../placement/offered-gpus';
import type { Placement } from '../placement/placement';
import { quotaStanding, type QuotaUsage, type Unread } from '../placement/quota';
import type { ChosenGpu, GpuRequest } from './gpu';
import { entrypointOf, repositoryOf } from './image-entrypoint';
import type { JobSpec } from './job-spec';
import { forbidden, type Policy } from './policy';
import type { Resources } from './resources';
import { unoffered } from './unoffered';
import { unwalled } from './unwalled';
import type { Wish } from './wish';

/** What is known besides the configuration and the backend. */
export interface Known {
  /** Epoch milliseconds: what was retired by then is refused. Left out: nothing counts as retired. */
  readonly now?: number;
  /** The placement's quotas as read lately; left out: unknown, which stands against nothing. */
  readonly usages?: readonly QuotaUsage[] | undefined;
  /** What counts against them beyond what was read. */
  readonly unread?: Unread;
  /** What can't be had there now (capacity.ts). */
  readonly shut?: ReadonlySet<string>;
  /** That of the whole deployment, which is judged at submission; left out: it limits nothing. */
  readonly policy?: Policy | undefined;
}

/**
 * What a placement makes of a wish: the GPU that it would give, if the wish asks for one, or the reason, for a person,
 * why it can't hold the job.
 */
export type Choice =
  | {
      readonly kind: 'holds';
      readonly gpu: ChosenGpu | undefined;
      /** What the workload is given. */
      readonly resources: Resources;
      /** What the workload counts against. */
      readonly counts: readonly Count[];
      /** The quota that is in use now. */
      readonly waitsFor?: string;
      /** The SKU that can't be had now. */
      readonly lacks?: string;
    }
  | { readonly kind: 'refuses'; readonly why: string };

/**
 * The first of the placement's GPUs, in its own order, that fits and can be had now; else the first that fits. An exact
 * SKU comes before one that stands in for it.
 */
export function choose(wish: Wish, placement: Placement, backend: BackendFacts, known: Known = {}): Choice {
  const [unfit] = forbidden(wish, placement.policy ?? {});
  if (unfit !== undefined) return refuses(`has a policy: ${unfit.pointer} ${unfit.message}`);
  const withoutProgram = argsAlone(wish, placement, backend);
  if (withoutProgram !== undefined) return refuses(withoutProgram);
  const lacking =
    unoffered(wish, placement, backend.traits) ??
    unwalled(wish, placement, backend.traits, [placement.policy, known.policy]);
  if (lacking !== undefined) return refuses(lacking);
  if (wish.gpu === undefined) return choiceOf(wish, undefined, placement, backend, known);
  const choices = offeredGpus(wish.gpu, placement).map((gpu) =>
    choiceOf(wish, gpu, placement, backend, known),
  );
  const holding = choices.filter((choice) => choice.kind === 'holds');
  const atOnce = holding.find(({ waitsFor, lacks }) => waitsFor === undefined && lacks === undefined);
  return atOnce ?? holding[0] ?? choices[0] ?? refuses(notOffered(wish.gpu, placement));
}

/** Undefined when the placement can hold it; else why not, for a person. */
export function refusal(
  wish: Wish,
  placement: Placement,
  backend: BackendFacts,
  known: Known = {},
): string | undefined {
  const choice = choose(wish, placement, backend, known);
  return choice.kind === 'holds' ? undefined : choice.why;
}

/** The placements, in the order asked for, that can hold the job, and why the others can't. */
export function preflight(
  wish: Wish & Pick<JobSpec, 'placements'>,
  configured: readonly Placement[],
  factsOf: (placement: string) => BackendFacts,
  knownOf: (placement: string) => Known = () => ({}),
): { able: readonly string[]; refusals: Record<string, string> } {
  const able: string[] = [];
  const refusals: Record<string, string> = {};
  for (const name of wish.placements ?? configured.map((placement) => placement.name)) {
    const placement = configured.find((candidate) => candidate.name === name);
    const why =
      placement === undefined
        ? unconfigured(configured)
        : refusal(wish, placement, factsOf(name), knownOf(name));
    if (why === undefined) able.push(name);
    else refusals[name] = why;
  }
  return { able, refusals };
}

/** Why a placement that a spec names, and that is none of these, can't hold a job. */
export function unconfigured(configured: readonly Pick<Placement, 'name'>[]): string {
  return `is not configured (configured: ${configured.map(({ name }) => name).join(', ')})`;
}

/** Where a backend can't append args to the image's entrypoint, the placement must name it. */
function argsAlone(
  { image, command, args = [] }: Wish,
  placement: Placement,
  { traits }: BackendFacts,
): string | undefined {
  if (args.length === 0 || command !== undefined || traits.args === 'appends') return undefined;
  if (image !== undefined && entrypointOf(image, placement) !== undefined) return undefined;
  const example = `"entrypoints": { "${image === undefined ? 'REGISTRY/NAME' : repositoryOf(image)}": ["python", "/app/train.py"] }`;
  return `can't append args to an image's entrypoint that it doesn't know; give the whole command in \`command\`, or name the image's entrypoint in the placement, as in ${example} (docs/formats.md, "Arguments without a command")`;
}

/** Whether this very GPU, or none, does: by the backend's own rules, then by limits and quotas wide enough. */
function choiceOf(
  wish: Wish,
  candidate: ChosenGpu | undefined,
  { limits }: Pick<Placement, 'limits'>,
  backend: BackendFacts,
  { now, usages, unread, shut }: Known,
): Choice {
  const offer = backend.offer(wish, candidate, now);
  if (offer.kind === 'refuses') return offer;
  const { gpu, resources, counts } = offer;
  if (limits.cores !== undefined && resources.cpu > limits.cores)
    return refuses(
      `lets in at most ${limits.cores} CPU cores at once (its "limits"), and the job would be given ${resources.cpu}`,
    );
  const quota = quotaStanding(counts, usages, unread);
  if (quota.kind === 'too-small')
    return refuses(
      `has a quota of ${inWords(quota.quota.limit, quota.of)} for ${quota.quota.name}, the job counts ${inWords(quota.asked, quota.of)} against it; ask for a higher one`,
    );
  const resource = resourceOf(gpu);
  return {
    kind: 'holds',
    gpu,
    resources,
    counts,
    ...(quota.kind === 'in-use' ? { waitsFor: quota.quota.name } : {}),
    ...(shut?.has(resource) === true ? { lacks: resource } : {}),
  };
}

function inWords(amount: number, of: Count['of']): string {
  return of === 'memory' ? `${Math.round(amount / 1e8) / 10} GB` : `${amount}`;
}

function notOffered(asked: GpuRequest, placement: Placement): string {
  const has = placement.gpus
    .map(
      ({ sku, counts, onlyByName }) => `${sku} × ${counts.join('/')}${onlyByName === true ? ' by name' : ''}`,
    )
    .join(', ');
  return `offers no ${asked.count} × ${asked.sku ?? 'GPU'} (it offers ${has === '' ? 'none' : has})`;
}

function refuses(why: string): Choice {
  return { kind: 'refuses', why };
}

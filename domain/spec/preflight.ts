// Whether a placement can hold a job at all, told in milliseconds and before anything is paid.
import { isSameName, underName } from '../parse/any-case';
import { resourceOf } from '../placement/capacity';
import type { Placement } from '../placement/placement';
import { quotaStanding, type QuotaUsage, type Unread } from '../placement/quota';
import { aciLimit, aciRetirement, type ChosenGpu } from './gpu';
import { entrypointOf, repositoryOf } from './image-entrypoint';
import { type JobSpec, resourcesOf } from './job-spec';
import { forbidden } from './policy';
import type { Wish } from './wish';

/** What is known besides the configuration. */
export interface PlacementFacts {
  /** Epoch milliseconds: SKUs that were retired by then are refused. Left out: none counts as retired. */
  readonly now?: number;
  /** The placement's quotas as read lately; left out: unknown, which stands against nothing. */
  readonly usages?: readonly QuotaUsage[] | undefined;
  /** What counts against them beyond what was read. */
  readonly unread?: Unread;
  /** What can't be had there now (capacity.ts). */
  readonly shut?: ReadonlySet<string>;
}

/** What a placement makes of a wish: the GPU it would give, if one is asked for; or why it can't hold the job, for a person. */
export type Choice =
  /** `waitsFor`: the quota that is in use now; `lacks`: the SKU that can't be had now. */
  | {
      readonly kind: 'holds';
      readonly gpu: ChosenGpu | undefined;
      readonly waitsFor?: string;
      readonly lacks?: string;
    }
  | { readonly kind: 'refuses'; readonly why: string };

/** A group needs at least this much (docs/facts/container-instances.md#sizes). */
const LEAST = { cpu: 1, memoryGb: 1 };

/**
 * The first of the placement's GPUs, in its own order, that fits and can be had now, else that fits; an exact SKU before one that
 * stands in for it.
 */
export function choose(wish: Wish, placement: Placement, facts: PlacementFacts = {}): Choice {
  const [unfit] = forbidden(wish, placement.policy ?? {});
  if (unfit !== undefined) return refuses(`has a policy: ${unfit.pointer} ${unfit.message}`);
  const withoutProgram = argsAlone(wish, placement);
  if (withoutProgram !== undefined) return refuses(withoutProgram);
  const { cpu, memoryGb } = resourcesOf(wish);
  if (cpu < LEAST.cpu || memoryGb < LEAST.memoryGb)
    return refuses(
      `gives at least ${LEAST.cpu} CPU core and ${LEAST.memoryGb} GB of memory, the job asks for ${cpu} and ${memoryGb}`,
    );
  if (wish.gpu === undefined) return choiceOf(undefined, wish, placement, facts);
  const candidates = offers(wish.gpu, placement);
  const choices = candidates.map((gpu) => choiceOf(gpu, wish, placement, facts));
  const holding = choices.filter((choice) => choice.kind === 'holds');
  const atOnce = holding.find(({ waitsFor, lacks }) => waitsFor === undefined && lacks === undefined);
  return atOnce ?? holding[0] ?? choices[0] ?? refuses(notOffered(wish.gpu, placement));
}

/** Undefined when the placement can hold it; else why not, for a person. */
export function refusal(wish: Wish, placement: Placement, facts: PlacementFacts = {}): string | undefined {
  const choice = choose(wish, placement, facts);
  return choice.kind === 'holds' ? undefined : choice.why;
}

/** Under which names the capacity for such a GPU, or for a job without any, is kept there (capacity.ts); limits and quotas apart. */
export function resourcesFor(asked: JobSpec['gpu'], placement: Placement): string[] {
  return asked === undefined ? [resourceOf(undefined)] : offers(asked, placement).map(resourceOf);
}

/** The GPU that the placement gives for the one asked for, its limits apart; undefined when it has none. */
export function offered(asked: NonNullable<JobSpec['gpu']>, placement: Placement): ChosenGpu | undefined {
  return offers(asked, placement)[0];
}

/** The placements, in the order asked for, that can hold the job, and why the others can't. */
export function preflight(
  wish: Wish & Pick<JobSpec, 'placements'>,
  configured: readonly Placement[],
  factsOf: (placement: string) => PlacementFacts = () => ({}),
): { able: readonly string[]; refusals: Record<string, string> } {
  const able: string[] = [];
  const refusals: Record<string, string> = {};
  for (const name of wish.placements ?? configured.map((placement) => placement.name)) {
    const placement = configured.find((candidate) => candidate.name === name);
    const why =
      placement === undefined
        ? `is not configured (configured: ${configured.map((candidate) => candidate.name).join(', ')})`
        : refusal(wish, placement, factsOf(name));
    if (why === undefined) able.push(name);
    else refusals[name] = why;
  }
  return { able, refusals };
}

/**
 * ACI's command replaces the entrypoint, and it has no arguments beside it (docs/facts/container-instances.md#command).
 */
function argsAlone({ image, command, args = [] }: Wish, placement: Placement): string | undefined {
  if (args.length === 0 || command !== undefined) return undefined;
  if (image !== undefined && entrypointOf(image, placement) !== undefined) return undefined;
  const example = `"entrypoints": { "${image === undefined ? 'REGISTRY/NAME' : repositoryOf(image)}": ["python", "/app/train.py"] }`;
  return `can't append args to an image's entrypoint that it doesn't know; give the whole command in \`command\`, or name the image's entrypoint in the placement, as in ${example} (docs/formats.md, "Arguments without a command")`;
}

function offers(asked: NonNullable<JobSpec['gpu']>, placement: Placement): ChosenGpu[] {
  const withCount = placement.gpus.filter(({ counts }) => counts.includes(asked.count));
  const wanted = asked.sku === undefined ? [] : [asked.sku, underName(placement.accepts ?? {}, asked.sku)];
  const fitting =
    asked.sku === undefined
      ? withCount
      : wanted.flatMap((name) =>
          name === undefined ? [] : withCount.filter(({ sku }) => isSameName(sku, name)),
        );
  return fitting.map(({ sku }) => ({ count: asked.count, sku }));
}

/** Whether this very GPU, or none, does: not retired, limits and quotas wide enough. */
function choiceOf(
  gpu: ChosenGpu | undefined,
  wish: Wish,
  placement: Placement,
  { now, usages, unread, shut }: PlacementFacts,
): Choice {
  const { cpu, memoryGb } = resourcesOf(wish);
  if (gpu !== undefined && now !== undefined && placement.offersRetiredGpus !== true) {
    const retired = aciRetirement(gpu.sku, now);
    if (retired !== undefined)
      return refuses(
        `can't give ${gpu.sku}: Azure retired it from Container Instances on ${retired} (a placement that still has it says so with "offersRetiredGpus": true)`,
      );
  }
  const limit = aciLimit(gpu); // Undefined for a SKU that the table doesn't know: the service decides.
  if (limit !== undefined && cpu > limit.cpu)
    return refuses(`holds at most ${limit.cpu} CPU cores${withGpu(gpu)}, the job asks for ${cpu}`);
  if (limit !== undefined && memoryGb > limit.memoryGb)
    return refuses(
      `holds at most ${limit.memoryGb} GB of memory${withGpu(gpu)}, the job asks for ${memoryGb}`,
    );
  const quota = quotaStanding({ cpu, gpu }, usages, unread);
  if (quota.kind === 'too-small')
    return refuses(
      `has a quota of ${quota.quota.limit} for ${quota.quota.name}, the job counts ${quota.asked} against it; ask Azure to raise it`,
    );
  const resource = resourceOf(gpu);
  return {
    kind: 'holds',
    gpu,
    ...(quota.kind === 'in-use' ? { waitsFor: quota.quota.name } : {}),
    ...(shut?.has(resource) === true ? { lacks: resource } : {}),
  };
}

function notOffered(asked: NonNullable<JobSpec['gpu']>, placement: Placement): string {
  const has = placement.gpus.map((offer) => `${offer.sku} × ${offer.counts.join('/')}`).join(', ');
  return `offers no ${asked.count} × ${asked.sku ?? 'GPU'} (it offers ${has === '' ? 'none' : has})`;
}

function withGpu(gpu: ChosenGpu | undefined): string {
  return gpu === undefined ? '' : ` with ${gpu.count} × ${gpu.sku}`;
}

function refuses(why: string): Choice {
  return { kind: 'refuses', why };
}

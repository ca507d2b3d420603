// Whether the namespace's ResourceQuotas and LimitRanges leave room for the placement's jobs. Pure.
import type { Check } from '../../../domain/backend/check';
import { ORDINARY } from '../../../domain/spec/resources';
import { checkOf, type Finding, unique } from '../../findings';
import { countsOurPods } from '../quota-scopes';
import { resourceOfGpu } from '../resource-of-gpu';
import type { LimitRange, Quota } from './cluster-objects';
import type { InspectedPlacement } from './inspected';
import { amountOf } from './nodes';
import { notAllowed } from './not-allowed';
import type { Read } from './read-cluster';

type Sized = Pick<InspectedPlacement, 'namespace' | 'gpus' | 'priorityClassName'>;

/** What the smallest job takes of each quota of these names; both measures of memory are in bytes. */
function leastOf({ gpus }: Sized): Readonly<Record<string, number>> {
  const { cpu, memoryGb } = ORDINARY;
  const bytes = memoryGb * 1e9;
  return {
    ...Object.fromEntries(
      unique(gpus.map(resourceOfGpu)).map((resource) => [
        `requests.${resource}`,
        Math.min(...gpus.filter((one) => resourceOfGpu(one) === resource).flatMap((one) => one.counts)),
      ]),
    ),
    pods: 1,
    'count/pods': 1,
    'count/jobs.batch': 1,
    cpu,
    'requests.cpu': cpu,
    'limits.cpu': cpu,
    memory: bytes,
    'requests.memory': bytes,
    'limits.memory': bytes,
  };
}

/** A quota of these refuses a pod that does not name them, and no job of ours does. */
const NEVER_NAMED = ['requests.ephemeral-storage', 'limits.ephemeral-storage', 'ephemeral-storage'];

export function quotaCheck(name: string, placement: Sized, read: Read<readonly Quota[]>): Check {
  const { namespace, priorityClassName } = placement;
  if (read.kind !== 'read') return notAllowed(name, `list resourcequotas in namespace ${namespace}`);
  const least = leastOf(placement);
  const quotas = read.value.filter(({ spec }) => countsOurPods(spec, priorityClassName));
  const findings = quotas.flatMap((quota) =>
    Object.entries(quota.status?.hard ?? quota.spec?.hard ?? {}).flatMap(([resource, hard]) => {
      const used = quota.status?.used?.[resource] ?? '0';
      return inTheWay({
        namespace,
        quota: quota.metadata.name,
        resource,
        hard,
        used,
        asked: least[resource],
      });
    }),
  );
  const known = quotas.flatMap(({ status }) =>
    Object.entries(status?.hard ?? {}).map(
      ([resource, hard]) => `${resource} ${status?.used?.[resource] ?? 0} of ${hard}`,
    ),
  );
  return checkOf(name, known.length === 0 ? `namespace ${namespace} has none` : known.join(', '), findings);
}

interface Limited {
  readonly namespace: string;
  readonly quota: string;
  readonly resource: string;
  readonly hard: string | number;
  readonly used: string | number;
  /** What the smallest job takes; undefined where no job takes any. */
  readonly asked: number | undefined;
}

function inTheWay({ namespace, quota, resource, hard, used, asked }: Limited): Finding[] {
  const edit = `"kubectl edit resourcequota ${quota} -n ${namespace}"`;
  if (NEVER_NAMED.includes(resource))
    return [
      {
        standing: 'failed',
        detail: `quota ${quota} limits ${resource}, so pods must name it, and those of jobs don't`,
        todo: `Take it out (${edit}), or give the namespace a LimitRange with a default for it.`,
      },
    ];
  if (asked === undefined) return [];
  if (asked > amountOf(hard))
    return [
      {
        standing: 'failed',
        detail: `quota ${quota} allows ${hard} of ${resource}, and the smallest job takes ${asked}`,
        todo: `Raise it: ${edit}.`,
      },
    ];
  return amountOf(used) + asked > amountOf(hard)
    ? [
        {
          standing: 'warning',
          detail: `quota ${quota}: ${used} of ${hard} of ${resource} used, jobs wait`,
          todo: `Raise it: ${edit}; or wait until others are done.`,
        },
      ]
    : [];
}

/** LimitRanges that refuse even the smallest job; larger ones are not known here. */
export function limitRangeCheck(name: string, placement: Sized, read: Read<readonly LimitRange[]>): Check {
  const { namespace } = placement;
  if (read.kind !== 'read') return notAllowed(name, `list limitranges in namespace ${namespace}`);
  const least = leastOf(placement);
  const limits = read.value.flatMap(({ metadata, spec }) =>
    spec.limits
      .filter(({ type }) => type === 'Container' || type === 'Pod')
      .map((limit) => ({ ...limit, of: metadata.name })),
  );
  const findings = limits.flatMap(({ of, type, max = {}, min = {} }) => [
    ...Object.entries(max).flatMap(([resource, most]) =>
      outside(
        { of, type, resource, bound: `at most ${most}`, namespace },
        askedOf(resource, least) > amountOf(most),
      ),
    ),
    ...Object.entries(min).flatMap(([resource, few]) =>
      outside(
        { of, type, resource, bound: `at least ${few}`, namespace },
        askedOf(resource, least) < amountOf(few),
      ),
    ),
  ]);
  const bounds = limits.flatMap(({ type, max = {} }) =>
    Object.entries(max).map(([resource, most]) => `${resource} of a ${type} at most ${most}`),
  );
  return checkOf(name, bounds.length === 0 ? `namespace ${namespace} has none` : bounds.join(', '), findings);
}

function askedOf(resource: string, least: Readonly<Record<string, number>>): number {
  return least[`requests.${resource}`] ?? least[resource] ?? 0;
}

function outside(
  found: {
    readonly of: string;
    readonly type: string;
    readonly resource: string;
    readonly bound: string;
    readonly namespace: string;
  },
  isOutside: boolean,
): Finding[] {
  if (!isOutside) return [];
  const { of, type, resource, bound, namespace } = found;
  return [
    {
      standing: 'warning',
      detail: `LimitRange ${of} gives a ${type} ${bound} of ${resource}, which the smallest job is outside of`,
      todo: `Change it: "kubectl edit limitrange ${of} -n ${namespace}"; or have specs ask for what fits.`,
    },
  ];
}

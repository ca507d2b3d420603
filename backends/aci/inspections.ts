// What the doctor inspects of a placement on Container Instances: its resource group, its GPUs, its quotas.
import { type Check, type Inspection, ok } from '../../domain/backend/check';
import { quotaStanding, type QuotaUsage } from '../../domain/placement/quota';
import type { ComputeBackend } from '../../domain/ports/compute-backend';
import { countsOf } from './counts';
import { retirementOf } from './gpu-sizes';
import type { AciPlacement } from './placement';

/** Where more of a quota is asked for: a support request of type "Service and subscription limits (quotas)". */
export const QUOTA_REQUEST =
  'https://portal.azure.com/#blade/Microsoft_Azure_Support/HelpAndSupportBlade/newsupportrequest';

/** An owner of nothing: asking for the stored one would mint it in a new deployment. */
const NOBODY = 'doctor';

/** `now`: epoch milliseconds. */
export function aciInspections(
  placement: AciPlacement,
  backend: ComputeBackend,
  now: number,
): readonly Inspection[] {
  const { name, subscriptionId, resourceGroup, region } = placement;
  return [
    {
      name,
      todo: `Check that resource group ${resourceGroup} exists in subscription ${subscriptionId} and that this identity may read, create and delete container groups in it.`,
      check: async () => {
        await backend.list(NOBODY);
        return ok(name, `resource group ${resourceGroup} (${region}) can be read`);
      },
    },
    ...retiredGpus(placement, now),
    {
      name: `${name} quota`,
      todo: 'Check that this identity may read usages of the region (Microsoft.ContainerInstance/locations/usages/read).',
      check: async () => quotaCheck(placement, await backend.usages()),
    },
  ];
}

function retiredGpus({ name, gpus, offersRetiredGpus }: AciPlacement, now: number): Inspection[] {
  if (offersRetiredGpus === true) return [];
  return gpus.flatMap(({ sku }) => {
    const retired = retirementOf(sku, now);
    if (retired === undefined) return [];
    const todo = 'Take it out of the placement; decision 0005 tells what a placement that still has it says.';
    const detail = `offers ${sku}, which Azure Container Instances retired on ${retired}`;
    return [
      { name, todo, check: () => Promise.resolve({ name, standing: 'failed' as const, detail, todo }) },
    ];
  });
}

/** Whether one workload of each offered kind would fit. */
function quotaCheck({ name, gpus, region }: AciPlacement, usages: readonly QuotaUsage[]): Check {
  const wishes = [undefined, ...gpus.map(({ sku }) => ({ sku }))];
  const standings = wishes.map((gpu) => quotaStanding(countsOf({ cpu: 1, gpu }), usages));
  const small = standings.find((standing) => standing.kind === 'too-small');
  const used = standings.find((standing) => standing.kind === 'in-use');
  const inWords = (quota: QuotaUsage): string =>
    `${quota.name} in ${region}: ${quota.used} of ${quota.limit} used`;
  const todo = `Ask for more: ${QUOTA_REQUEST} (Service and subscription limits, Container Instances, ${region}).`;
  if (small?.kind === 'too-small')
    return { name: `${name} quota`, standing: 'failed', detail: inWords(small.quota), todo };
  if (used?.kind === 'in-use')
    return { name: `${name} quota`, standing: 'warning', detail: `${inWords(used.quota)}; jobs wait`, todo };
  const known = usages
    .filter(({ limit }) => limit > 0)
    .map(({ name: quota, used: now, limit }) => `${quota} ${now} of ${limit}`);
  return ok(`${name} quota`, known.length === 0 ? 'the region names none' : known.join(', '));
}

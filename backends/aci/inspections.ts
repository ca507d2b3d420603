// What the doctor inspects of a placement on Container Instances: its resource group, its GPUs, its quotas.
import { type Inspection, ok } from '../../domain/backend/check';
import type { ComputeBackend } from '../../domain/ports/compute-backend';
import type { ArmReads } from '../arm/arm-reads';
import { programIdentityInspections } from '../arm/program-identity-check';
import { quotaCheck } from '../quota-check';
import { aciFacts } from './facts';
import { retirementOf } from './gpu-sizes';
import type { AciPlacement } from './placement';

/** Where more of a quota is asked for: a support request of type "Service and subscription limits (quotas)". */
export const QUOTA_REQUEST =
  'https://portal.azure.com/#blade/Microsoft_Azure_Support/HelpAndSupportBlade/newsupportrequest';

/** An owner of nothing: asking for the stored one would mint it in a new deployment. */
const NOBODY = 'doctor';

/** `readsOf` is called when an inspection asks. `now`: epoch milliseconds. */
export function aciInspections(
  placement: AciPlacement,
  backend: ComputeBackend,
  readsOf: () => ArmReads,
  now: number,
): readonly Inspection[] {
  const { name, subscriptionId, resourceGroup, region } = placement;
  const facts = aciFacts(placement);
  return [
    {
      name,
      todo: `Check that resource group ${resourceGroup} exists in subscription ${subscriptionId} and that this identity may read, create and delete container groups in it.`,
      check: async () => {
        await backend.list(NOBODY);
        return ok(name, `resource group ${resourceGroup} (${region}) can be read`);
      },
    },
    ...programIdentityInspections(placement, readsOf),
    ...retiredGpus(placement, now),
    {
      name: `${name} quota`,
      todo: 'Check that this identity may read usages of the region (Microsoft.ContainerInstance/locations/usages/read).',
      check: async () => {
        const todo = `Ask for more in ${region}: ${QUOTA_REQUEST} (Service and subscription limits, Container Instances).`;
        return quotaCheck(`${name} quota`, placement.gpus, facts, await backend.usages(), todo);
      },
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

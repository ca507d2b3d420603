// The doctor's word on what costs in a cluster without a job. Pure.
import type { Check } from '../../../domain/backend/check';
import { type StandingCost, standingCostInWords } from '../../../domain/money/standing-cost';
import { checkOf } from '../../findings';
import { notAllowed } from './not-allowed';

export function standingCheck(name: string, costs: readonly StandingCost[] | undefined): Check {
  if (costs === undefined) return notAllowed(name, 'list nodes and the pods on them');
  return checkOf(
    name,
    'no GPU node is idle',
    costs.map((cost) => ({ standing: 'warning', detail: standingCostInWords(cost), todo: cost.todo })),
  );
}

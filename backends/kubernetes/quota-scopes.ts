// Whether a ResourceQuota counts the pods of our Jobs, by its scopes (docs/facts/kubernetes.md#quotas). Pure.
import { z } from 'zod';

const requirement = z.object({
  scopeName: z.string(),
  operator: z.string(),
  values: z.array(z.string()).nullish(),
});

/** The part of a quota's spec that says which pods it counts. */
export const quotaScopes = {
  scopes: z.array(z.string()).nullish(),
  scopeSelector: z.object({ matchExpressions: z.array(requirement).nullish() }).nullish(),
};
type QuotaScopes = z.infer<z.ZodObject<typeof quotaScopes>>;
type Requirement = z.infer<typeof requirement>;

/** Each of our pods has a deadline and limits, so it is in these whatever else it is. */
const OF_ALL_OURS: readonly string[] = ['Terminating', 'NotBestEffort'];
const PRIORITY_CLASS = 'PriorityClass';

/**
 * `priorityClassName`: what the placement gives its pods. Without one a pod may still get the cluster's default class,
 * which is not known here: it then counts as having none.
 */
export function countsOurPods(spec: QuotaScopes | undefined, priorityClassName: string | undefined): boolean {
  const named = (spec?.scopes ?? []).map((scopeName): Requirement => ({ scopeName, operator: 'Exists' }));
  const selected = spec?.scopeSelector?.matchExpressions ?? [];
  return [...named, ...selected].every((one) =>
    one.scopeName === PRIORITY_CLASS
      ? fits(one, priorityClassName)
      : one.operator === 'Exists' && OF_ALL_OURS.includes(one.scopeName),
  );
}

/** As a label of a pod is matched: what has none is in no list, and outside of every one. */
function fits({ operator, values }: Requirement, className: string | undefined): boolean {
  switch (operator) {
    case 'Exists':
      return className !== undefined;
    case 'DoesNotExist':
      return className === undefined;
    case 'In':
      return className !== undefined && values?.includes(className) === true;
    case 'NotIn':
      return className === undefined || values?.includes(className) !== true;
    default:
      return false;
  }
}

// Rights as roles list them, held against what the genuine clients asked the stand-ins for.
import { type Assignment, grants, isBelow, isGranted } from '../../../standins/rights/grants';
import type { RequestedRight } from '../../../standins/rights/requested';

/** Of the whole tenant. */
export const OWNER: readonly Assignment[] = [{ scope: '', actions: ['*'], dataActions: ['*'] }];

/** One action of one role. */
export interface Granted {
  readonly scope: string;
  readonly action: string;
  readonly kind: 'actions' | 'dataActions';
}

/** Each action of each role, one by one. */
export function actionsOf(roles: readonly Assignment[]): readonly Granted[] {
  return roles.flatMap(({ scope, actions, dataActions = [] }) => [
    ...actions.map((action) => ({ scope, action, kind: 'actions' as const })),
    ...dataActions.map((action) => ({ scope, action, kind: 'dataActions' as const })),
  ]);
}

/** The roles with one action less. */
export function without(
  roles: readonly Assignment[],
  { scope, action, kind }: Granted,
): readonly Assignment[] {
  return roles.map((role) =>
    role.scope === scope ? { ...role, [kind]: (role[kind] ?? []).filter((one) => one !== action) } : role,
  );
}

/** Which actions nothing asked for, and what was asked for that none of them grants: `action at scope` each. */
export function differences(
  roles: readonly Assignment[],
  asked: readonly RequestedRight[],
): { readonly unused: readonly string[]; readonly unlisted: readonly string[] } {
  const unused = actionsOf(roles).filter(
    ({ scope, action, kind }) =>
      !asked.some(
        (one) =>
          (one.kind === 'data') === (kind === 'dataActions') &&
          isBelow(one.on, scope) &&
          grants(action, one.name),
      ),
  );
  const unlisted = asked.filter((one) => !isGranted(one, roles)).map(({ name, on }) => `${name} at ${on}`);
  return {
    unused: unused.map(({ scope, action }) => `${action} at ${scope}`),
    unlisted: [...new Set(unlisted)],
  };
}

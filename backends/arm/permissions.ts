// What the permissions of a role allow, by Azure's own rules (docs/facts/container-apps.md#own-rights).
import { z } from 'zod';

const patterns = z.array(z.string()).default([]);

/** Each pattern may have `*` for any characters, and is read in any case. */
export const permissionSchema = z.object({
  actions: patterns,
  notActions: patterns,
  dataActions: patterns,
  notDataActions: patterns,
});
export type Permission = z.infer<typeof permissionSchema>;

/** `operation` has no `*`. What one role takes away another may give. */
export function allows(permissions: readonly Permission[], operation: string): boolean {
  return permissions.some(
    ({ actions, notActions }) => isAmong(operation, actions) && !isAmong(operation, notActions),
  );
}

/** The same of an operation on data. */
export function allowsOnData(permissions: readonly Permission[], operation: string): boolean {
  return permissions.some(
    ({ dataActions, notDataActions }) =>
      isAmong(operation, dataActions) && !isAmong(operation, notDataActions),
  );
}

function isAmong(operation: string, actions: readonly string[]): boolean {
  return actions.some((action) => {
    const parts = action.split('*').map((part) => part.replaceAll('.', String.raw`\.`));
    return new RegExp(`^${parts.join('.*')}$`, 'i').test(operation);
  });
}

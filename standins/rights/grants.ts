// Whether what was granted allows what is asked for.
import type { RequestedRight } from './requested';

/** A role given to the caller somewhere. */
export interface Assignment {
  /** It holds for this resource, group or subscription and for all that is below. */
  readonly scope: string;
  /** Of its role, and the data actions. */
  readonly actions: readonly string[];
  readonly dataActions?: readonly string[];
}

/** `*` in an action stands for any characters; case does not count. */
export function grants(action: string, name: string): boolean {
  const pattern = action.split('*').map((part) => part.replaceAll('.', String.raw`\.`));
  return new RegExp(`^${pattern.join('.*')}$`, 'i').test(name);
}

export function isGranted({ name, on, kind }: RequestedRight, assignments: readonly Assignment[]): boolean {
  return assignments.some(({ scope, actions, dataActions = [] }) => {
    const granted = kind === 'data' ? dataActions : actions;
    return isBelow(on, scope) && granted.some((action) => grants(action, name));
  });
}

/** Whether a role given at the scope holds there. */
export function isBelow(path: string, scope: string): boolean {
  return `${path}/`.toLowerCase().startsWith(`${scope}/`.toLowerCase());
}

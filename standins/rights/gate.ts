// Stands before a stand-in and refuses what the caller's roles do not grant, as Resource Manager does.
import { json, type WireRequest, type WireResponse } from '../wire/handler';
import { type Assignment, isBelow, isGranted } from './grants';
import { type RequestedRight, rightsOf } from './requested';

export interface RightsGate {
  /** A refusal, or the answer to a question about the caller's own rights; undefined for what may go on. */
  readonly answer: (request: WireRequest) => WireResponse | undefined;
  /** All that was asked for, granted or not. */
  readonly asked: readonly RequestedRight[];
  /** What was refused. */
  readonly refused: readonly RequestedRight[];
}

const OWN_PERMISSIONS = /^(.*)\/providers\/Microsoft\.Authorization\/permissions\/?$/i;

/** `assignments` is asked at each request, so a role may be taken away meanwhile. */
export function createRightsGate(assignments: () => readonly Assignment[]): RightsGate {
  const asked: RequestedRight[] = [];
  const refused: RequestedRight[] = [];
  return {
    asked,
    refused,
    answer: (request) => {
      const granted = assignments();
      const rights = rightsOf(request);
      asked.push(...rights);
      const missing = rights.filter((right) => !isGranted(right, granted));
      const [first] = missing;
      if (first !== undefined) {
        refused.push(...missing);
        return refusal(first, rights[0] ?? first);
      }
      const [, scope] = OWN_PERMISSIONS.exec(request.url.pathname) ?? [];
      return scope === undefined ? undefined : json(200, { value: permissionsAt(scope, granted) });
    },
  };
}

/** docs/facts/container-apps.md#own-rights */
function permissionsAt(scope: string, granted: readonly Assignment[]): object[] {
  return granted
    .filter((assignment) => isBelow(scope, assignment.scope))
    .map(({ actions, dataActions = [] }) => ({
      actions,
      notActions: [],
      dataActions,
      notDataActions: [],
    }));
}

/** docs/facts/azure-roles.md#refusals */
function refusal(missing: RequestedRight, own: RequestedRight): WireResponse {
  const [code, message] =
    missing.kind === 'linked'
      ? [
          'LinkedAuthorizationFailed',
          `The client has permission to perform action '${own.name}' on scope '${own.on}'; however, it does not have permission to perform action(s) '${missing.name}' on the linked scope(s) '${missing.on}' (respectively) or the linked scope(s) are invalid.`,
        ]
      : [
          'AuthorizationFailed',
          `The client does not have authorization to perform action '${missing.name}' over scope '${missing.on}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
        ];
  return json(403, { error: { code, message } });
}

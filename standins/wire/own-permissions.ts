// What Azure tells a caller of its own rights: here that of an owner, because the stand-ins refuse nobody.
import { json, type WireRequest, type WireResponse } from './handler';

const PATH = /\/providers\/Microsoft\.Authorization\/permissions\/?$/i;
/** docs/facts/container-apps.md#own-rights */
const OWNER = { actions: ['*'], notActions: [], dataActions: [], notDataActions: [] };

/** Undefined of any other request. */
export function answerOwnPermissions({ method, url }: WireRequest): WireResponse | undefined {
  return method === 'GET' && PATH.test(url.pathname) ? json(200, { value: [OWNER] }) : undefined;
}

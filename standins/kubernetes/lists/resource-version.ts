// At which version a list or a watch is asked for.
import { ApiFault, badRequest } from '../answers/api-fault';
import { type FieldFault, forbiddenField, invalid, notSupported } from '../answers/invalid';
import type { ObjectStore } from '../store/object-store';

export type VersionMatch = 'Exact' | 'NotOlderThan';

const LIST_OPTIONS = { group: 'meta.k8s.io', kind: 'ListOptions' };

/** The number of a version; undefined for an empty one. Throws with Go's words. */
function versionNumber(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new SyntaxError(
    `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}

/** The version of a list. A bad one is a 400 (recorded: F13). */
export function listVersion(query: URLSearchParams): number | undefined {
  try {
    return versionNumber(query.get('resourceVersion'));
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest(`invalid resource version: ${error.message}`);
    throw error;
  }
}

/** The version from which a watch goes on. A bad one is a 500 without a reason (recorded: F19). */
export function watchVersion(query: URLSearchParams): number | undefined {
  try {
    return versionNumber(query.get('resourceVersion'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new ApiFault(500, undefined, error.message);
    throw error;
  }
}

/** What `resourceVersionMatch` and `sendInitialEvents` say; throws the 422 for combinations that mean nothing. */
export function versionMatch(query: URLSearchParams, watch: boolean): VersionMatch | undefined {
  const match = query.get('resourceVersionMatch') ?? '';
  const initial = query.get('sendInitialEvents');
  const faults: FieldFault[] = [];
  if (initial !== null && !watch)
    faults.push(forbiddenField('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  if (initial !== null && watch && match !== 'NotOlderThan')
    faults.push(
      forbiddenField(
        'resourceVersionMatch',
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    );
  if (match !== '' && initial === null) {
    if (watch)
      faults.push(
        forbiddenField(
          'resourceVersionMatch',
          'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
        ),
      );
    else if ((query.get('resourceVersion') ?? '') === '')
      faults.push(
        forbiddenField(
          'resourceVersionMatch',
          'resourceVersionMatch is forbidden unless resourceVersion is provided',
        ),
      );
    if (match !== 'Exact' && match !== 'NotOlderThan')
      faults.push(notSupported('resourceVersionMatch', match, ['Exact', 'NotOlderThan', '']));
  }
  if (faults.length > 0) throw invalid(LIST_OPTIONS, '', faults);
  return match === 'Exact' || match === 'NotOlderThan' ? match : undefined;
}

/** The 504 for a version that has not come yet, after the server's wait for it (recorded: F12). */
export function tooLarge(store: ObjectStore, version: number): ApiFault {
  return new ApiFault(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${version}, current: ${store.revision()}`,
    {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  );
}

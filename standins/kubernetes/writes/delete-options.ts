// How a deletion is wanted: from its body, its query, or left to the kind.
import type { WireRequest } from '../../wire/handler';
import { badRequest } from '../answers/api-fault';
import { type FieldFault, invalid, invalidValue, notSupported } from '../answers/invalid';
import { isSet } from '../api/api-request';
import { goJsonError } from '../schema/go-json-error';
import { at, isObject, type JsonObject, listAt, numberAt, textAt } from '../store/json';
import { checkSize } from './read-body';

export type Propagation = 'Foreground' | 'Background' | 'Orphan';

export interface DeleteOptions {
  /** Undefined: as the kind does by default. */
  readonly propagation?: Propagation;
  /** Seconds; undefined: the object's own. */
  readonly gracePeriodSeconds?: number;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly dryRun: boolean;
}

const KIND = { group: 'meta.k8s.io', kind: 'DeleteOptions' };
const POLICIES: readonly Propagation[] = ['Foreground', 'Background', 'Orphan'];

/** A body takes the place of the query. Throws the 400 and 422 of options that mean nothing. */
export function readDeleteOptions({ body, url }: WireRequest): DeleteOptions {
  checkSize(body);
  const sent = body.length === 0 ? fromQuery(url.searchParams) : parsed(body);
  const policy = textAt(sent, 'propagationPolicy');
  const propagation = POLICIES.find((one) => one === policy);
  const faults: FieldFault[] = [];
  if (policy !== undefined && propagation === undefined)
    faults.push(notSupported('propagationPolicy', policy, [...POLICIES, 'nil']));
  const orphanDependents = at(sent, 'orphanDependents');
  if (typeof orphanDependents === 'boolean' && policy !== undefined)
    faults.push(
      invalidValue(
        'propagationPolicy',
        policy,
        'orphanDependents and deletionPropagation cannot be both set',
      ),
    );
  const dryRun = listAt(sent, 'dryRun');
  if (dryRun.some((one) => one !== 'All')) faults.push(notSupported('dryRun', dryRun, ['All']));
  const grace = numberAt(sent, 'gracePeriodSeconds');
  if (faults.length > 0) throw invalid(KIND, '', faults);
  const chosen =
    propagation ??
    (typeof orphanDependents === 'boolean' ? (orphanDependents ? 'Orphan' : 'Background') : undefined);
  const uid = textAt(sent, 'preconditions', 'uid');
  const resourceVersion = textAt(sent, 'preconditions', 'resourceVersion');
  return {
    ...(chosen !== undefined && { propagation: chosen }),
    ...(grace !== undefined && { gracePeriodSeconds: grace }),
    ...(uid !== undefined && { uid }),
    ...(resourceVersion !== undefined && { resourceVersion }),
    dryRun: dryRun.length > 0,
  };
}

function parsed(body: Buffer): JsonObject {
  const text = body.toString('utf8');
  const fault = goJsonError(text);
  if (fault !== undefined) throw badRequest(`couldn't get version/kind; json parse error: ${fault}`);
  const value: unknown = JSON.parse(text);
  return isObject(value) ? value : {};
}

function fromQuery(query: URLSearchParams): JsonObject {
  const grace = query.get('gracePeriodSeconds') ?? '';
  if (grace !== '' && !/^-?\d+$/.test(grace))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(grace)}: invalid syntax`);
  return {
    ...(query.has('propagationPolicy') && { propagationPolicy: query.get('propagationPolicy') ?? '' }),
    ...(grace !== '' && { gracePeriodSeconds: Number(grace) }),
    ...(query.has('orphanDependents') && { orphanDependents: isSet(query, 'orphanDependents') }),
    ...(query.has('dryRun') && { dryRun: query.getAll('dryRun') }),
  };
}

/** The `dryRun` of a write: only `All` is known. */
export function isDryRun(
  query: URLSearchParams,
  options: { readonly group: string; readonly kind: string },
): boolean {
  const values = query.getAll('dryRun').filter((value) => value !== '');
  if (values.some((value) => value !== 'All'))
    throw invalid(options, '', [notSupported('dryRun', values, ['All'])]);
  return values.length > 0;
}

// How the API server says no: a Status object, in the words that were recorded.
import type { Resource } from '../resources/resources';
import type { JsonObject } from '../store/json';

/** One part of a refusal that has several. */
export type Cause = { readonly reason?: string; readonly message: string; readonly field?: string };

export type StatusDetails = {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly Cause[];
  readonly retryAfterSeconds?: number;
};

/** Thrown by whatever handles a request; the edge makes an answer of it, a controller an event. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault';
  readonly code: number;
  /** Absent for a refusal that gives none, as a webhook's. */
  readonly reason: string | undefined;
  readonly details: StatusDetails | undefined;
  /** Members of the Status' metadata. */
  readonly listMeta: JsonObject;

  constructor(
    code: number,
    reason: string | undefined,
    message: string,
    details?: StatusDetails,
    listMeta: JsonObject = {},
  ) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
    this.listMeta = listMeta;
  }
}

/** The Status of a fault. Members that are undefined are not written. */
export function statusOf({ code, reason, message, details, listMeta }: ApiFault): JsonObject {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: listMeta,
    status: 'Failure',
    message,
    reason,
    details,
    code,
  };
}

/** How a Status names a resource: no group for the core's. */
export function detailsOf(
  { group, plural }: Pick<Resource, 'group' | 'plural'>,
  name?: string,
): StatusDetails {
  return { ...(name !== undefined && name !== '' && { name }), ...(group !== '' && { group }), kind: plural };
}

export function notFound(resource: Pick<Resource, 'group' | 'plural' | 'name'>, name: string): ApiFault {
  return new ApiFault(404, 'NotFound', `${resource.name} "${name}" not found`, detailsOf(resource, name));
}

export function badRequest(message: string): ApiFault {
  return new ApiFault(400, 'BadRequest', message);
}

/** A refusal by an admission plug-in of the server. */
export function forbidden(
  resource: Resource,
  name: string,
  why: string,
  causes?: readonly Cause[],
): ApiFault {
  const named = name === '' ? resource.name : `${resource.name} "${name}"`;
  const details = { ...detailsOf(resource, name), ...(causes && { causes }) };
  return new ApiFault(403, 'Forbidden', `${named} is forbidden: ${why}`, details);
}

/** `what`: the kind with its group, `Job.batch`. */
export function conflict(what: string, details: StatusDetails, why: string): ApiFault {
  return new ApiFault(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${what} "${details.name ?? ''}": ${why}`,
    details,
  );
}

/** What the server answers where it only knows the status. */
export function generic(code: 404 | 405 | 415 | 422): ApiFault {
  const [reason, message] = GENERIC[code];
  return new ApiFault(code, reason, message, {});
}

const GENERIC = {
  404: ['NotFound', 'the server could not find the requested resource'],
  405: ['MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  415: ['UnsupportedMediaType', '415: Unsupported Media Type'],
  422: ['Invalid', 'the server rejected our request due to an error in our request'],
} as const;

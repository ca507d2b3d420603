// The four kinds of patches, each told by its media type, and what they make of the object.
import { parse } from 'yaml';

import type { WireRequest } from '../../wire/handler';
import { ApiFault, badRequest, generic } from '../answers/api-fault';
import { render } from '../answers/render';
import type { KubernetesContext } from '../context';
import { apply } from '../fields/apply';
import { managerOf, withOwners } from '../fields/managed-fields';
import type { Resource } from '../resources/resources';
import { goJsonError } from '../schema/go-json-error';
import { isObject, type Json, type JsonObject, parseJson, without } from '../store/json';
import { apiTime, type KubeObject, withMeta } from '../store/kube-object';
import { applyJsonPatch, PatchFails } from './json-patch';
import { applyMergePatch, applyStrategicPatch } from './merge-patch';
import { checkSize, decodeBody, validationOf } from './read-body';
import { updateObject } from './update-object';

type PatchKind = 'json' | 'merge' | 'strategic' | 'apply';

const KINDS: Readonly<Record<string, PatchKind>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

/** Throws the 415 for a body that is no patch (recorded: G06). */
export function patchKindOf({ headers }: WireRequest): PatchKind {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  const kind = KINDS[type.trim().toLowerCase()];
  if (kind === undefined) throw generic(415);
  return kind;
}

export interface PatchRequest {
  readonly wire: WireRequest;
  readonly resource: Resource;
  readonly part: 'status' | 'rest';
  readonly dryRun: boolean;
}

export interface Patched {
  readonly object: KubeObject;
  readonly warnings: readonly string[];
}

/** Throws as an update does, and the 422 and 400 of patches that can't be done or read. */
export function patchObject(context: KubernetesContext, current: KubeObject, request: PatchRequest): Patched {
  const { wire, resource, part, dryRun } = request;
  const kind = patchKindOf(wire);
  if (kind === 'apply') return applyTo(context, current, request);
  const shown = render(resource, current);
  const patched = patchedBody(kind, resource, shown, jsonOf(wire.body));
  const { value, warnings } = decodeBody(patched, resource, validationOf(wire.url.searchParams));
  const by = {
    manager: managerOf(wire.url.searchParams, wire.headers['user-agent']),
    apiVersion: resource.apiVersion,
    time: apiTime(context.clock.now()),
    ...(part === 'status' && { subresource: part }),
  };
  return { object: updateObject(context, { resource, current, body: value, by, part, dryRun }), warnings };
}

function jsonOf(body: Buffer): Json {
  checkSize(body);
  const text = body.toString('utf8');
  const fault = goJsonError(text);
  if (fault !== undefined) throw badRequest(`error decoding patch: ${fault}`);
  return parseJson(text);
}

function patchedBody(
  kind: Exclude<PatchKind, 'apply'>,
  resource: Resource,
  shown: JsonObject,
  patch: Json,
): Json {
  switch (kind) {
    case 'json':
      try {
        return applyJsonPatch(shown, patch);
      } catch (error) {
        // The server says no more than that (recorded: G05).
        if (error instanceof PatchFails) throw generic(422);
        throw error;
      }
    case 'merge':
      return applyMergePatch(shown, patch);
    case 'strategic':
      if (!isObject(patch))
        throw badRequest(
          'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
        );
      return applyStrategicPatch(resource.kind, shown, patch);
  }
}

/** Reads what is applied: YAML, of which JSON is a part. Throws the 400 for what is not of the path's kind. */
export function readApplied(
  { body, url }: WireRequest,
  resource: Resource,
): { config: JsonObject; manager: string; force: boolean } {
  checkSize(body);
  const manager = url.searchParams.get('fieldManager') ?? '';
  if (manager === '')
    throw new ApiFault(
      400,
      'BadRequest',
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  const parsed: unknown = parse(body.toString('utf8'));
  const config = parseJson(JSON.stringify(parsed ?? null));
  if (!isObject(config)) throw badRequest('error decoding YAML: a mapping is needed');
  // Only to refuse what has wrong types or the wrong kind: what is applied is what was sent.
  decodeBody(config, resource, validationOf(url.searchParams));
  return { config, manager, force: url.searchParams.get('force') === 'true' };
}

function applyTo(
  context: KubernetesContext,
  current: KubeObject,
  { wire, resource, part, dryRun }: PatchRequest,
): Patched {
  const { config, manager, force } = readApplied(wire, resource);
  const time = apiTime(context.clock.now());
  const shown: KubeObject = { ...current, ...render(resource, current) };
  const applied = apply(shown, config, { manager, apiVersion: resource.apiVersion, time, force });
  const { value, warnings } = decodeBody(applied.body, resource, validationOf(wire.url.searchParams));
  const metadata = isObject(value['metadata'])
    ? without(value['metadata'], 'managedFields', 'resourceVersion')
    : {};
  const owned = withOwners(withMeta(current, { managedFields: undefined }), applied.owners).metadata
    .managedFields;
  const body = { ...value, metadata: { ...metadata, ...(owned && { managedFields: owned }) } };
  return { object: updateObject(context, { resource, current, body, part, dryRun }), warnings };
}

// The verbs on resources, each an action of its own.
import type { WireResponse } from '../../wire/handler';
import { detailsOf, notFound } from '../answers/api-fault';
import { type Media, negotiate } from '../answers/media';
import { render, renderItem } from '../answers/render';
import { respond, warningHeader } from '../answers/respond';
import { viewObject } from '../answers/views';
import type { KubernetesContext } from '../context';
import { managerOf } from '../fields/managed-fields';
import { rulesOf } from '../kinds/kind-rules';
import { selectionOf } from '../lists/selection';
import { NAMESPACES, storedAs } from '../resources/resources';
import { type JsonObject, objectAt } from '../store/json';
import { apiTime, type KubeObject } from '../store/kube-object';
import { createObject } from '../writes/create-object';
import { deleteNamespace } from '../writes/delete-namespace';
import { deleteObject } from '../writes/delete-object';
import { type DeleteOptions, isDryRun, readDeleteOptions } from '../writes/delete-options';
import { patchKindOf, patchObject, readApplied } from '../writes/patch-object';
import { decodeBody, readBody, validationOf } from '../writes/read-body';
import { updateObject } from '../writes/update-object';
import type { ApiRequest } from './api-request';

/** Answers one verb on one resource. May throw an ApiFault. */
export type Action = (
  context: KubernetesContext,
  request: ApiRequest,
) => WireResponse | Promise<WireResponse>;

const ORPHAN_WARNING =
  'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning';

export const getObject: Action = (context, request) => {
  const media = mediaOf(request);
  return respond(request.wire, media, 200, viewObject(context, request, media.view, found(context, request)));
};

export const postObject: Action = (context, request) => {
  const media = mediaOf(request);
  const { resource, path, query, user, wire } = request;
  const { value, warnings } = readBody(wire, resource);
  const dryRun = isDryRun(query, { group: 'meta.k8s.io', kind: 'CreateOptions' });
  const warned = [...warnings];
  const made = createObject(context, {
    resource,
    namespace: path.namespace,
    body: value,
    user,
    dryRun,
    manager: managerOf(query, wire.headers['user-agent']),
    warn: (warning) => warned.push(warning),
  });
  return respond(wire, media, 201, viewObject(context, request, media.view, made), warningHeader(warned));
};

export const putObject: Action = (context, request) => {
  const media = mediaOf(request);
  const { resource, query, wire, path } = request;
  const { value, warnings } = readBody(wire, resource);
  const object = updateObject(context, {
    resource,
    current: found(context, request),
    body: value,
    by: {
      manager: managerOf(query, wire.headers['user-agent']),
      apiVersion: resource.apiVersion,
      time: apiTime(context.clock.now()),
      ...(path.subresource !== undefined && { subresource: path.subresource }),
    },
    part: path.subresource === 'status' ? 'status' : 'rest',
    dryRun: isDryRun(query, { group: 'meta.k8s.io', kind: 'UpdateOptions' }),
  });
  return respond(wire, media, 200, viewObject(context, request, media.view, object), warningHeader(warnings));
};

export const patchOne: Action = (context, request) => {
  const media = mediaOf(request);
  const { resource, query, wire, path } = request;
  const dryRun = isDryRun(query, { group: 'meta.k8s.io', kind: 'PatchOptions' });
  const kind = patchKindOf(wire);
  if (kind === 'apply' && path.subresource === undefined && !isThere(context, request))
    return applyNew(context, request, media, dryRun);
  const current = found(context, request);
  const part = path.subresource === 'status' ? 'status' : 'rest';
  const { object, warnings } = patchObject(context, current, { wire, resource, part, dryRun });
  return respond(wire, media, 200, viewObject(context, request, media.view, object), warningHeader(warnings));
};

/** An apply makes what is not there. */
function applyNew(
  context: KubernetesContext,
  request: ApiRequest,
  media: Media,
  dryRun: boolean,
): WireResponse {
  const { resource, path, wire, user } = request;
  const { config, manager } = readApplied(wire, resource);
  const { value, warnings } = decodeBody(config, resource, validationOf(request.query));
  const warned = [...warnings];
  const metadata = { ...objectAt(value, 'metadata'), name: path.name ?? '' };
  const made = createObject(context, {
    ...{ resource, namespace: path.namespace, user, dryRun },
    body: { ...value, metadata },
    applied: { manager, config },
    warn: (warning) => warned.push(warning),
  });
  return respond(wire, media, 201, viewObject(context, request, media.view, made), warningHeader(warned));
}

export const deleteOne: Action = (context, request) => {
  const media = mediaOf(request);
  const options = readDeleteOptions(request.wire);
  const { resource, path } = request;
  const name = path.name ?? '';
  if (resource === NAMESPACES) {
    const ending = deleteNamespace(context, name, options);
    return respond(request.wire, media, 200, render(resource, ending));
  }
  const { object, gone } = deleteObject(context, { resource, namespace: path.namespace, name, options });
  const headers = warningHeader(orphansUnasked(request, options) ? [ORPHAN_WARNING] : []);
  const body =
    gone && !rulesOf(resource.name).answersDeleted
      ? success(request, object)
      : viewObject(context, request, media.view, object);
  return respond(request.wire, media, 200, body, headers);
};

export const deleteMany: Action = (context, request) => {
  const media = mediaOf(request);
  const options = readDeleteOptions(request.wire);
  const { resource } = request;
  const selection = selectionOf(request);
  const { revision, items } = context.store.list(selection.stored, selection.namespace);
  const chosen = items.filter((item) => selection.fits(item));
  for (const { metadata } of chosen)
    deleteObject(context, { resource, namespace: metadata.namespace, name: metadata.name, options });
  const body: JsonObject = {
    kind: `${resource.kind}List`,
    apiVersion: resource.apiVersion,
    metadata: { resourceVersion: String(revision) },
    items: chosen.map((object) => renderItem(resource, object)),
  };
  const headers = warningHeader(orphansUnasked(request, options) ? [ORPHAN_WARNING] : []);
  return respond(request.wire, media, 200, body, headers);
};

function orphansUnasked({ resource }: ApiRequest, { propagation }: DeleteOptions): boolean {
  return propagation === undefined && rulesOf(resource.name).orphans;
}

function success({ resource }: ApiRequest, { metadata }: KubeObject): JsonObject {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { ...detailsOf(resource, metadata.name), uid: metadata.uid },
  };
}

/** The object at the request's path, or its 404. */
export function found(context: KubernetesContext, request: ApiRequest): KubeObject {
  const object = present(context, request);
  if (!object) throw notFound(request.resource, request.path.name ?? '');
  return object;
}

function isThere(context: KubernetesContext, request: ApiRequest): boolean {
  return present(context, request) !== undefined;
}

function present({ store }: KubernetesContext, { resource, path }: ApiRequest): KubeObject | undefined {
  const { namespace, name = '' } = path;
  return store.get({
    resource: storedAs(resource),
    name,
    ...(namespace !== undefined && resource.namespaced && { namespace }),
  });
}

export function mediaOf({ wire, resource }: ApiRequest): Media {
  return negotiate(wire.headers['accept'], resource.verbs.includes('watch'));
}

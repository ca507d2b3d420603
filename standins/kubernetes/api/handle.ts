// The server's edge: who asks, what for, whether they may, and the answer; faults become Status objects.
import type { WireRequest, WireResponse } from '../../wire/handler';
import { type Attributes, authorize, authorizePath, pathRefusal, refusal } from '../access/authorize';
import { postAccessReview, postSelfReview } from '../access/reviews';
import { authenticate, type User } from '../access/user';
import { ApiFault, generic } from '../answers/api-fault';
import { respondFault } from '../answers/respond';
import type { KubernetesContext } from '../context';
import { selectedName } from '../lists/field-selector';
import { listObjects } from '../lists/list';
import { watchObjects } from '../lists/watch';
import { type Action, deleteMany, deleteOne, getObject, patchOne, postObject, putObject } from './actions';
import { type ApiRequest, parseResourcePath, resourceAt, verbOf } from './api-request';
import { answerPath } from './paths';
import { subresourceAction } from './subresources';

export async function answerApi(context: KubernetesContext, request: WireRequest): Promise<WireResponse> {
  const answer = await answerOrFault(context, request);
  return {
    ...answer,
    headers: {
      'audit-id': context.newId(),
      'cache-control': 'no-cache, private',
      date: new Date(context.clock.now()).toUTCString(),
      ...answer.headers,
    },
  };
}

async function answerOrFault(context: KubernetesContext, request: WireRequest): Promise<WireResponse> {
  try {
    return await answer(context, request);
  } catch (error) {
    if (error instanceof ApiFault) return respondFault(request, error);
    throw error;
  }
}

function answer(context: KubernetesContext, wire: WireRequest): WireResponse | Promise<WireResponse> {
  const { url } = wire;
  const method = wire.method === 'HEAD' ? 'GET' : wire.method;
  const query = url.searchParams;
  const user = authenticate(context, wire.headers);
  const path = parseResourcePath(url.pathname);
  if (!path) return answerOther(context, wire, user);
  const verb = verbOf(method, path, query);
  const wanted = attributesOf(path, verb, query);
  if (!authorize(context, user, wanted).allowed) throw refusal(user, wanted);
  const resource = resourceAt(path);
  if (!resource) throw generic(404);
  const request: ApiRequest = { wire, query, user, path, verb, resource };
  return actionOf(request, method)(context, request);
}

function answerOther(context: KubernetesContext, wire: WireRequest, user: User): WireResponse {
  const { pathname } = wire.url;
  if (!authorizePath(user, pathname)) throw pathRefusal(user, wire.method.toLowerCase(), pathname);
  return answerPath(context, wire);
}

function attributesOf(path: ApiRequest['path'], verb: string, query: URLSearchParams): Attributes {
  const { group, plural, subresource, namespace } = path;
  const collective = ['list', 'watch', 'deletecollection'].includes(verb);
  const name = path.name ?? (collective ? selectedName(query.get('fieldSelector')) : undefined);
  return {
    verb,
    group,
    resource: subresource === undefined ? plural : `${plural}/${subresource}`,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
  };
}

/** The method decides by itself where the path has no such verb: 405, not 404 (recorded: C32). */
function actionOf(request: ApiRequest, method: string): Action {
  const { path, verb, resource } = request;
  if (path.subresource !== undefined) return subresourceAction(request);
  const named = path.name !== undefined && !path.watch;
  const fits = named ? method !== 'POST' : method === 'GET' || method === 'POST' || method === 'DELETE';
  const action = (verb === 'create' ? REVIEWS[resource.name] : undefined) ?? ACTIONS[verb];
  if (!fits || !action || !resource.verbs.includes(verb)) throw generic(405);
  return action;
}

/** Creates that ask a question and store nothing. */
const REVIEWS: Readonly<Record<string, Action>> = {
  'selfsubjectreviews.authentication.k8s.io': postSelfReview,
  'selfsubjectaccessreviews.authorization.k8s.io': postAccessReview,
};

const ACTIONS: Readonly<Record<string, Action>> = {
  create: postObject,
  get: getObject,
  list: listObjects,
  watch: watchObjects,
  update: putObject,
  patch: patchOne,
  delete: deleteOne,
  deletecollection: deleteMany,
};

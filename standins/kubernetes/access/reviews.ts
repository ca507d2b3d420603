// Questions about access that are asked as creates and stored nowhere: who am I, may I, and a token to be somebody.
import { z } from 'zod';

import { ApiFault } from '../answers/api-fault';
import { respond } from '../answers/respond';
import { type Action, found, mediaOf } from '../api/actions';
import { apiTime } from '../store/kube-object';
import { readBody } from '../writes/read-body';
import { authorize } from './authorize';
import { writeServiceToken } from './service-token';

/** A token is good for an hour unless another time is asked for (kube-apiserver's default). */
const TOKEN_SECONDS = 3_600;
const AUDIENCE = 'https://kubernetes.default.svc.cluster.local';

const accessSpec = z.object({
  spec: z.object({
    resourceAttributes: z
      .object({
        namespace: z.string().optional(),
        verb: z.string().default(''),
        group: z.string().default(''),
        resource: z.string().default(''),
        subresource: z.string().optional(),
        name: z.string().optional(),
      })
      .optional(),
  }),
});

const tokenSpec = z.object({
  spec: z
    .object({ audiences: z.array(z.string()).optional(), expirationSeconds: z.number().optional() })
    .optional(),
});

/** `SelfSubjectReview`: whom the server takes the caller for. */
export const postSelfReview: Action = ({ clock }, request) => {
  const { name, uid, groups, extra } = request.user;
  return respond(request.wire, mediaOf(request), 201, {
    kind: 'SelfSubjectReview',
    apiVersion: request.resource.apiVersion,
    metadata: { creationTimestamp: apiTime(clock.now()) },
    status: {
      userInfo: { username: name, ...(uid !== undefined && { uid }), groups, ...(extra && { extra }) },
    },
  });
};

/** `SelfSubjectAccessReview`: whether the caller may do something. Throws the 400 for a question about no resource. */
export const postAccessReview: Action = (context, request) => {
  const { value } = readBody(request.wire, request.resource);
  const asked = accessSpec.safeParse(value).data?.spec.resourceAttributes;
  if (!asked) throw new ApiFault(400, 'BadRequest', 'spec.resourceAttributes is what this server answers.');
  const { verb, group, resource, subresource, namespace, name } = asked;
  const decision = authorize(context, request.user, {
    verb,
    group,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
  });
  const reason = decision.allowed && decision.reason !== '' ? { reason: decision.reason } : {};
  return respond(request.wire, mediaOf(request), 201, {
    kind: 'SelfSubjectAccessReview',
    apiVersion: request.resource.apiVersion,
    metadata: {},
    spec: { resourceAttributes: { ...asked } },
    status: { allowed: decision.allowed, ...reason },
  });
};

/** `serviceaccounts/NAME/token`: a token that stands for the account until it ends. */
export const postToken: Action = (context, request) => {
  const { clock, newId } = context;
  const account = found(context, request);
  const { namespace = '', name, uid } = account.metadata;
  const kind = 'TokenRequest';
  const apiVersion = 'authentication.k8s.io/v1';
  const { value } = readBody(request.wire, {
    group: 'authentication.k8s.io',
    version: 'v1',
    kind,
    apiVersion,
  });
  const asked = tokenSpec.safeParse(value);
  if (!asked.success)
    throw new ApiFault(400, 'BadRequest', `The TokenRequest: ${z.prettifyError(asked.error)}`);
  const { audiences = [AUDIENCE], expirationSeconds = TOKEN_SECONDS } = asked.data.spec ?? {};
  const issuedAt = clock.now();
  const expiresAt = issuedAt + expirationSeconds * 1_000;
  const token = writeServiceToken({ namespace, name, uid, id: newId(), issuedAt, expiresAt, audiences });
  return respond(request.wire, mediaOf(request), 201, {
    kind,
    apiVersion,
    metadata: { name, namespace, uid, creationTimestamp: apiTime(issuedAt) },
    spec: { audiences, expirationSeconds, boundObjectRef: null },
    status: { token, expirationTimestamp: apiTime(expiresAt) },
  });
};

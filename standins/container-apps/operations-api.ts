// The polls of long-running operations: by status, and by result.
import { ArmFault } from '../wire/arm-error';
import { json } from '../wire/handler';
import { apiVersionOf } from './api-version';
import type { Action, ContainerAppsContext } from './context';
import { type Operation, pollUrl } from './operations';
import { zonelessStamp } from './stamps';

/** `{ id, name, status, startTime }`, without an end time and without Retry-After (recorded). */
export const pollStatus: Action = (context, request, match) => {
  const operation = found(context, match);
  const { state, failure, startedAt, id } = operation;
  return json(200, {
    id: request.url.pathname,
    name: id,
    status: state,
    startTime: zonelessStamp(startedAt),
    ...(failure && { error: failure }),
  });
};

/** 202 with a new Location until the end; then the resource, or 204 after a delete (recorded). */
export const pollResult: Action = (context, request, match) => {
  const operation = found(context, match);
  if (operation.state === 'InProgress') {
    const [kind = ''] = request.url.pathname.split('/').slice(-2);
    const version = apiVersionOf(request.url).name;
    const location = pollUrl(
      request.url.origin,
      operation,
      kind,
      version,
      context.clock.now(),
      context.newId(),
    );
    return {
      status: 202,
      headers: {
        location,
        'retry-after': String(context.settings.retryAfterSeconds),
        'content-length': '0',
      },
    };
  }
  const result = operation.result();
  return result === undefined ? { status: 204 } : json(200, result);
};

/** The code of an operation that is not known is not confirmed by any source. */
function found({ operations }: ContainerAppsContext, match: Parameters<Action>[2]): Operation {
  const id = match.param('operation');
  const operation = operations.get(id);
  if (operation) return operation;
  throw new ArmFault(404, 'OperationNotFound', `The operation '${id}' was not found.`);
}

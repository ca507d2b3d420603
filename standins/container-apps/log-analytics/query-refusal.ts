// The refusals of a query, each in the service's envelope, and the stand-in's own for what it does not read.
import { ArmFault } from '../../wire/arm-error';
import { json, type WireResponse } from '../../wire/handler';
import type { FaultOf } from '../faults/fault';
import { throttledQuery } from '../throttling';

/** What a fault makes of a query. The words of the 504 are not confirmed by any source; its status is documented. */
export function refusalByFault({ as, seconds }: FaultOf<'query-refused'>): ArmFault {
  switch (as) {
    case 'throttled':
      return throttledQuery(seconds);
    case 'no-access':
      return new ArmFault(
        403,
        'InsufficientAccessError',
        'The provided credentials have insufficient access to perform the requested operation',
      );
    case 'timeout':
      return new ArmFault(504, 'GatewayTimeout', 'The query took longer than it may.');
  }
}

/** The envelope and the codes are reported of a table that does not exist. */
export function unresolved(message: string): WireResponse {
  const innererror = { code: 'SEM0100', message };
  return badArgument({ code: 'SemanticError', message: 'A semantic error occurred.', innererror });
}

/** A body that is no query. The inner code is not confirmed by any source. */
export function unreadableBody(message: string): WireResponse {
  return badArgument({ code: 'QueryValidationError', message });
}

function badArgument(innererror: unknown): WireResponse {
  const message = 'The request had some invalid properties';
  return json(400, { error: { message, code: 'BadArgumentError', innererror } });
}

/** Not 400: a client may take that for a table without rows. */
export function notRead(what: string): WireResponse {
  const message = `The local stand-in for Log Analytics can't read this query: ${what}. standins/README.md lists what it reads.`;
  return json(501, { error: { code: 'NotEmulated', message } });
}

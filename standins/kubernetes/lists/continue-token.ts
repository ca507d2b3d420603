// Where a list in chunks goes on: an opaque text to clients, the version and the last name to the server.
import { z } from 'zod';

import { ApiFault, badRequest } from '../answers/api-fault';
import { goJsonError } from '../schema/go-json-error';

export interface Continuation {
  /** The version at which the list is read; -1: the newest, whatever it has become. */
  readonly revision: number;
  /** The first key that is not listed yet. */
  readonly start: string;
}

const token = z.object({ v: z.literal('meta.k8s.io/v1'), rv: z.number().int(), start: z.string() });

export function writeContinuation({ revision, start }: Continuation): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start })).toString('base64url');
}

/** Throws the 400 for what is no token of a list. */
export function readContinuation(text: string): Continuation {
  // Go reads the bytes one by one, so what is no UTF-8 is named by its first byte (recorded: F10).
  const bytes = Buffer.from(text, 'base64url').toString('latin1');
  const fault = goJsonError(bytes);
  if (fault !== undefined) throw badRequest(`invalid continue token: continue key is not valid: ${fault}`);
  const read = token.safeParse(JSON.parse(Buffer.from(bytes, 'latin1').toString('utf8')));
  if (!read.success)
    throw badRequest(
      'invalid continue token: continue key is not valid: server does not recognize this encoded version',
    );
  return { revision: read.data.rv, start: read.data.start.replace(/^\//, '') };
}

/** The 410 for a list whose version is forgotten, with a token that goes on at the newest one (recorded: M06). */
export function continuationExpired({ start }: Continuation): ApiFault {
  return new ApiFault(
    410,
    'Expired',
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    undefined,
    { continue: writeContinuation({ revision: -1, start }) },
  );
}

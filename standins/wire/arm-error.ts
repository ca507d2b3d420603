// Azure Resource Manager's errors: a status, a code and a sentence, in its own envelope.
import { json, type WireResponse } from './handler';

/** A handler of an ARM request throws this; the handler's edge turns it into an answer. */
export class ArmFault extends Error {
  override readonly name = 'ArmFault';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What else the error object holds: `details`, `additionalInfo`, `target`. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
    more: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.more = more;
  }
}

/** The answer for a fault: `{"error":{"code","message"}}` (docs/facts/azure-resource-manager.md#error-envelope). */
export function armErrorResponse(fault: ArmFault): WireResponse {
  return json(
    fault.status,
    { error: { code: fault.code, message: fault.message, ...fault.more } },
    fault.headers,
  );
}

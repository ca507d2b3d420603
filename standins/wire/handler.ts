// What every stand-in for Azure is: a function from a request to a response, over its own state. Adapters carry it.

/** A request as a handler sees it, whichever adapter brought it. */
export interface WireRequest {
  /** Upper case. */
  readonly method: string;
  /** Absolute: scheme and host are the ones the client used, so that answers can point back at them. */
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A handler's answer. */
export interface WireResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** One `Set-Cookie` header each: the only header that may come more than once. */
  readonly cookies?: readonly string[];
  readonly body?: string | Buffer;
}

export type Handler = (request: WireRequest) => Promise<WireResponse> | WireResponse;

/** An answer whose body is JSON. */
export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

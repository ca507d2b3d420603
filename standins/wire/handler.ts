// Every stand-in for Azure is this: a function from a request to a response, over its own state. Adapters carry
// requests to it.

/** A request as a handler sees it, whichever adapter brought it. */
export interface WireRequest {
  /** Upper case. */
  readonly method: string;
  /** Absolute. Scheme and host are the client's own, so that answers can point back at them. */
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A handler's answer. */
export interface WireResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Each becomes a `Set-Cookie` header, the only header that may come more than once. */
  readonly cookies?: readonly string[];
  readonly body?: string | Buffer;
  /** In place of `body`: an answer that goes on after its headers, such as a watch or a log that is followed. */
  readonly stream?: BodyStream;
}

/** A body whose end is not known when the answer begins. */
export interface BodyStream {
  /**
   * Called once, when the answer begins. What it returns is called once more, and only if the receiver goes away before
   * the end: it must stop whatever writes.
   */
  open(sink: BodySink): () => void;
}

/** Where a stream writes. After `end` or `abort`, and after the receiver has gone away, calls do nothing. */
export interface BodySink {
  write(chunk: string | Buffer): void;
  /** The body is complete. */
  end(): void;
  /** Breaks the connection: the receiver sees that the body is not complete. */
  abort(): void;
}

/** Thrown by a handler in place of an answer: the connection breaks, and the client learns nothing. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
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

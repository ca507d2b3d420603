// One answer of the stand-in, read whole, in the form in which recordings hold it.
import type { BodyStream, WireResponse } from '../../../standins/wire/handler';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What came of the body so far. */
  readonly text: () => string;
  /** Whether the body is complete. */
  readonly ended: () => boolean;
  /** The client goes away. */
  readonly close: () => void;
}

export function readAnswer(response: WireResponse): Answer {
  const headers = Object.fromEntries(
    Object.entries(response.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const body = response.stream ? collect(response.stream) : whole(response.body);
  return { status: response.status, headers, ...body };
}

function whole(body: string | Buffer | undefined): Pick<Answer, 'text' | 'ended' | 'close'> {
  return { text: () => body?.toString() ?? '', ended: () => true, close: () => undefined };
}

function collect(stream: BodyStream): Pick<Answer, 'text' | 'ended' | 'close'> {
  const chunks: Buffer[] = [];
  let ended = false;
  let open = true;
  const cancel = stream.open({
    write: (chunk) => {
      if (open) chunks.push(Buffer.from(chunk));
    },
    end: () => (ended = true),
    abort: () => (ended = true),
  });
  return {
    text: () => Buffer.concat(chunks).toString(),
    ended: () => ended,
    close: () => {
      if (open && !ended) cancel();
      open = false;
    },
  };
}

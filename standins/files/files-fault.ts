// Errors of Azure Files: a status, a code and a sentence, in its XML envelope.
import type { WireResponse } from '../wire/handler';
import { xmlText } from './xml-text';

/** A handler of a request throws this; the stand-in's edge turns it into an answer. */
export class FilesFault extends Error {
  override readonly name = 'FilesFault';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The code stands in a header, too: the answer to a HEAD has no body. */
export function faultResponse({ status, code, message }: FilesFault): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-ms-error-code': code },
    body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${xmlText(message)}</Message></Error>`,
  };
}

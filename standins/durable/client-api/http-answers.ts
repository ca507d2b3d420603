// The forms of the management API's answers.
import { json, type WireResponse } from '../../wire/handler';
import { frames } from '../history/dotnet-exception';
import { DotnetError } from '../worker/failure';

export function empty(status: number): WireResponse {
  return { status };
}

/** What the extension answers for an exception. `message` is its own sentence for the situation. */
export function errorAnswer(status: number, message: string, error?: Error): WireResponse {
  if (error === undefined) return json(status, { Message: message });
  return json(status, {
    Message: message,
    ExceptionMessage: error.message,
    ExceptionType: error instanceof DotnetError ? error.type : 'System.Exception',
    StackTrace: frames,
  });
}

/** The answer for an error that an operation threw. */
export function answerTo(error: unknown): WireResponse {
  const known = error instanceof Error ? error : new Error(String(error));
  return known instanceof DotnetError && known.type === 'System.ArgumentException'
    ? errorAnswer(400, 'One or more of the arguments submitted is incorrect', known)
    : errorAnswer(500, 'Something went wrong while processing your request', known);
}

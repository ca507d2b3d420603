// How the text of a failed invocation travels from the worker through the host to the extension.
import { sanitize } from '../history/sanitizer';

const MESSAGE_LABEL = '\nException:';
const STACK_LABEL = '\nStack:';
const OUT_OF_PROC_DATA_LABEL = '\n\n$OutOfProcData$:';

/** What the worker reports of a failed invocation. */
export interface WorkerFailure {
  readonly message: string;
  readonly stack: string;
}

/** The message of the host's RpcException. Credentials are cut from the worker's message, not from its stack. */
export function rpcExceptionMessage({ message, stack }: WorkerFailure): string {
  return `Result: Failure\nException: ${sanitize(message)}\nStack: ${stack}`;
}

/**
 * What the extension cuts from that message: the part from the label to the first `Stack:` line. So it begins with a
 * blank.
 */
function outOfProcMessage(failure: WorkerFailure): string {
  const text = rpcExceptionMessage(failure);
  return text.slice(text.indexOf(MESSAGE_LABEL) + MESSAGE_LABEL.length, text.indexOf(STACK_LABEL));
}

/** What a user reads of the failure. */
export function friendlyMessage(failure: WorkerFailure): string {
  const message = outOfProcMessage(failure);
  const data = message.indexOf(OUT_OF_PROC_DATA_LABEL);
  return data === -1 ? message : message.slice(0, data);
}

/**
 * The orchestrator state that a failed orchestrator invocation carries in its message, or undefined when it carries
 * none.
 */
export function outOfProcData(failure: WorkerFailure): string | undefined {
  const message = outOfProcMessage(failure);
  const data = message.indexOf(OUT_OF_PROC_DATA_LABEL);
  return data === -1 ? undefined : message.slice(data + OUT_OF_PROC_DATA_LABEL.length);
}

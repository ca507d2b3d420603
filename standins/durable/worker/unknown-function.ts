// What the extension says about a function name that the app does not have.
import type { DurableInvoker, DurableKind } from './invoker';

export function unknownFunction(invoker: DurableInvoker, kind: DurableKind, name: string): string {
  const article = kind === 'activity' ? 'an activity' : 'an orchestrator';
  const names = invoker.names(kind);
  const known =
    names.length > 0
      ? `The following are the known ${kind} functions: '${names.join("', '")}'.`
      : `No ${kind} functions are currently registered!`;
  return `The function '${name}' doesn't exist, is disabled, or is not ${article} function. Additional info: ${known}`;
}

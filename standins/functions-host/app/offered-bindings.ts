// The triggers and bindings that the local host offers. An app that declares another is refused at start.
import type { LoadedFunction } from './function-app';

const TRIGGERS = ['httpTrigger', 'queueTrigger', 'timerTrigger', 'orchestrationTrigger', 'activityTrigger'];
const INPUTS = ['durableClient'];
const OUTPUTS = ['http'];

/**
 * Throws one error that names every function that asks for more than the local host offers, and what the host does
 * offer.
 */
export function refuseWhatIsNotOffered(functions: readonly LoadedFunction[]): void {
  const problems = functions.flatMap((loaded) => {
    const refused = loaded.bindings
      .filter((binding) => !isOffered(binding.type, binding === loaded.trigger, binding.direction))
      .map(
        (binding) =>
          `function "${loaded.name}" declares ${kindOf(binding.type, binding.direction)} "${binding.type}"`,
      );
    return loaded.retryOptions === undefined
      ? refused
      : [...refused, `function "${loaded.name}" declares a retry policy`];
  });
  if (problems.length === 0) return;
  throw new Error(
    `The local host does not offer what this app declares: ${problems.join('; ')}. ` +
      `It offers the triggers ${TRIGGERS.join(', ')}, the input ${INPUTS.join(', ')} and the output ${OUTPUTS.join(', ')}, ` +
      'without retry policies.',
  );
}

function isOffered(type: string, isTrigger: boolean, direction: string): boolean {
  const offered = isTrigger ? TRIGGERS : direction === 'in' ? INPUTS : OUTPUTS;
  return offered.some((name) => name.toLowerCase() === type.toLowerCase());
}

function kindOf(type: string, direction: string): string {
  if (/trigger$/i.test(type)) return 'the trigger';
  return direction === 'in' ? 'the input binding' : 'the output binding';
}

// The ways in which an orchestration fails, and what its parent is told of each.
import { frames, serializedException } from '../history/dotnet-exception';

/** A failure with details of its own: the orchestrator's, or one that the extension has worded. */
export class OrchestrationFailure extends Error {
  override readonly name = 'OrchestrationFailure';
  readonly details: string | null;

  constructor(message: string, details: string | null) {
    super(message);
    this.details = details;
  }
}

/** What .NET would have thrown; `type` is the full name of its exception. */
export class DotnetError extends Error {
  override readonly name = 'DotnetError';
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export function argumentError(message: string): DotnetError {
  return new DotnetError('System.ArgumentException', message);
}

/** The history differs from what the code asks for. The instance fails at once. */
export class NonDeterminism extends DotnetError {
  constructor(detail: string) {
    super(
      'DurableTask.Core.Exceptions.NonDeterministicOrchestrationException',
      `Non-Deterministic workflow detected: ${detail}`,
    );
  }
}

/** Wraps an exception as the extension wraps its own: `Orchestrator function 'NAME' failed: …`. */
export function orchestratorFailed(orchestrator: string, error: Error): OrchestrationFailure {
  const details =
    error instanceof OrchestrationFailure
      ? error.details
      : serializedException(error instanceof DotnetError ? error.type : 'System.Exception', error.message);
  return new OrchestrationFailure(
    `Orchestrator function '${orchestrator}' failed: ${error.message}`,
    details,
  );
}

/** What a failed sub-orchestration tells its parent besides the reason. */
export function detailsOf(error: Error): string | null {
  if (error instanceof OrchestrationFailure) return error.details;
  const type = error instanceof DotnetError ? error.type : 'System.Exception';
  return `Unhandled exception while executing orchestration: ${type}: ${error.message}\n${frames}\n\t${frames}`;
}

// An error of the command line's own: what is wrong, what to do, and the exit code.
import { TerminalError } from '../domain/errors';
import type { ExitCode } from './exit-codes';

export class CliError extends TerminalError {
  override name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode, options?: ErrorOptions) {
    super(message, { exitCode }, options);
    this.exitCode = exitCode;
  }
}

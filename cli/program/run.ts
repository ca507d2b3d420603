// How the parser runs a command.
import type { Cli } from '../cli';
import type { ExitCode } from '../exit-codes';

/** Runs what a command does. */
export type Run = (body: (cli: Cli) => Promise<ExitCode> | Promise<void>) => Promise<void>;

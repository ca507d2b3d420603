// The port to the log of the product itself, for its operators. Never a secret, never a program's log.

export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

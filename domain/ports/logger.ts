// What this product says to whoever operates it. Never a secret, never a program's log.

export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

// A log for messages that belong to no invocation. The Functions host keeps what a worker writes to its console.
import { withoutSignatures } from '../domain/parse/without-secrets';
import type { Logger } from '../domain/ports/logger';

/* eslint-disable no-console -- the console is all that a process has outside an invocation */
export const processLog: Logger = {
  info: (message) => console.info(withoutSignatures(message)),
  warn: (message) => console.warn(withoutSignatures(message)),
  error: (message) => console.error(withoutSignatures(message)),
};
/* eslint-enable no-console */

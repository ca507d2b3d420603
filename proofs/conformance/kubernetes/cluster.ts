// The cluster of one scene: the stand-in with its nodes, under virtual time, with the scene's programs.
import type { Handler } from '../../../standins/wire/handler';

export interface Cluster {
  readonly handle: Handler;
  /** Its time, as the API writes it. */
  now(): string;
  /** Lets everything happen that is due now, and nothing later. */
  settle(): Promise<void>;
  /** Time goes by, with everything that is due in it. */
  pass(ms: number): Promise<void>;
  /** Time goes by until `done`, at most so long; false when it was not done by then. */
  passUntil(done: () => boolean, atMostMs: number): Promise<boolean>;
  /** The server forgets the changes up to now. */
  compact(): void;
  fault(name: string, options: Readonly<Record<string, unknown>>): Promise<void>;
  close(): Promise<void>;
}

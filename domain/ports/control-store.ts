// The port to the state of the whole deployment: whether it drains, and when the last good sweep was.

export interface Control {
  /** While true, nothing new is admitted; what runs goes on. */
  readonly draining: boolean;
  /** The last sweep that could list and read everything, epoch milliseconds; absent before the first. */
  readonly lastGoodSweep?: number | undefined;
}

export interface ControlStore {
  read(): Promise<Control>;
  setDraining(draining: boolean): Promise<void>;
  noteGoodSweep(at: number): Promise<void>;
}

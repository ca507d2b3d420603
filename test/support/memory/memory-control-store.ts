// The control store in memory.
import type { Control, ControlStore } from '../../../domain/ports/control-store';

export class MemoryControlStore implements ControlStore {
  #control: Control = { draining: false };

  read(): Promise<Control> {
    return Promise.resolve(this.#control);
  }

  setDraining(draining: boolean): Promise<void> {
    this.#control = { ...this.#control, draining };
    return Promise.resolve();
  }

  noteGoodSweep(at: number): Promise<void> {
    this.#control = { ...this.#control, lastGoodSweep: at };
    return Promise.resolve();
  }
}

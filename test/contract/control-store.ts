// The contract of every store of the deployment's control.
import type { ControlStore } from '../../domain/ports/control-store';

export function describeControlStore(name: string, make: () => ControlStore | Promise<ControlStore>): void {
  describe(`${name} as control store`, () => {
    it('admits, and knows of no sweep, before anything was written', async () => {
      expect(await (await make()).read()).toEqual({ draining: false });
    });

    it('keeps the latest state of draining', async () => {
      const store = await make();
      await store.setDraining(true);
      expect((await store.read()).draining).toBe(true);
      await store.setDraining(false);
      expect((await store.read()).draining).toBe(false);
    });

    it('keeps the last good sweep to the millisecond, beside the state of draining', async () => {
      const store = await make();
      await store.setDraining(true);
      await store.noteGoodSweep(1_700_000_000_123);
      await store.noteGoodSweep(1_700_000_060_456);
      expect(await store.read()).toEqual({ draining: true, lastGoodSweep: 1_700_000_060_456 });
    });
  });
}

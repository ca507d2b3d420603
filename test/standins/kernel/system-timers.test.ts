import { systemTimers } from '../../../standins/kernel/timers';

describe("the machine's timers", () => {
  it('run once, after the call that set them', async () => {
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      systemTimers.after(0, () => {
        order.push('run');
        resolve();
      });
      order.push('set');
    });
    expect(order).toEqual(['set', 'run']);
  });

  it('do not run at once when set for longer than Node can wait in one timer', async () => {
    let ran = false;
    const timer = systemTimers.after(30 * 24 * 3_600_000, () => (ran = true));
    await new Promise((resolve) => systemTimers.after(20, () => resolve(undefined)));
    timer.cancel();
    expect(ran).toBe(false);
  });
});

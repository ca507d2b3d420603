import { createVirtualTime } from '../../../standins/kernel/virtual-time';

describe('virtual time', () => {
  it('stands still until it is told to move, and moves no further than to the next timer', () => {
    const time = createVirtualTime(1_000);
    const ran: number[] = [];
    time.timers.after(50, () => ran.push(time.clock.now()));
    expect(time.clock.now()).toBe(1_000);
    expect(time.nextAt()).toBe(1_050);
    expect(time.runNext(2_000)).toBe(true);
    expect(ran).toEqual([1_050]);
    expect(time.clock.monotonic()).toBe(50);
  });

  it('runs timers of one instant in the order in which they were set', () => {
    const time = createVirtualTime(0);
    const ran: string[] = [];
    time.timers.after(5, () => ran.push('first'));
    time.timers.after(5, () => ran.push('second'));
    time.timers.after(-1, () => ran.push('at once'));
    while (time.runNext(10));
    expect(ran).toEqual(['at once', 'first', 'second']);
  });

  it('counts whole milliseconds, as the timers of Node do', () => {
    const time = createVirtualTime(0);
    time.timers.after(2.9, () => undefined);
    expect(time.nextAt()).toBe(2);
  });

  it('goes on to the limit when nothing is due by then', () => {
    const time = createVirtualTime(0);
    const cancelled = time.timers.after(5, () => fail('cancelled'));
    cancelled.cancel();
    time.timers.after(20, () => fail('not due yet'));
    expect(time.runNext(10)).toBe(false);
    expect(time.clock.now()).toBe(10);
  });
});

function fail(what: string): never {
  throw new Error(`A timer ran that should not: ${what}.`);
}

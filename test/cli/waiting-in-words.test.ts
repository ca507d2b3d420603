import { waitingInWords } from '../../cli/show/waiting-in-words';

describe('why a job waits, in one line', () => {
  test('is nothing for a job that does not wait', () => {
    expect(waitingInWords({})).toBeUndefined();
  });

  test('names what it waits for, why, who is before it, and until when', () => {
    const waiting = {
      reason: 'capacity',
      message: 'eastus had no V100.',
      position: 2,
      until: '2026-01-01T00:04:00.000Z',
    } as const;
    const shown = /^capacity: eastus had no V100 \(2 jobs before it; until (.+)\)$/.exec(
      waitingInWords({ waiting }) ?? '',
    );
    expect(shown).not.toBeNull();
    // Whatever the zone of this machine, it is the instant that the API gave.
    expect(Date.parse(shown?.[1] ?? '')).toBe(Date.parse(waiting.until));
    expect(
      waitingInWords({ waiting: { reason: 'turn', message: 'It is the next to be admitted.', position: 0 } }),
    ).toBe('its turn: It is the next to be admitted.');
  });
});

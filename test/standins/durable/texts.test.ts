// The small texts that .NET would write.
import { activityFailureDetails } from '../../../standins/durable/history/dotnet-exception';
import { writeJson } from '../../../standins/durable/history/net-json';
import { sanitize } from '../../../standins/durable/history/sanitizer';
import { stampsOf } from '../../../standins/durable/history/stamps';
import { resultText } from '../../../standins/durable/history/typed-value';
import { formatInstant, formatSecond, parseInstant } from '../../../standins/durable/instant';
import { friendlyMessage, outOfProcData } from '../../../standins/durable/worker/worker-failure';

describe('instants', () => {
  it.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05.120Z', '2026-01-02T03:04:05.12Z'],
    ['2026-01-02T03:04:05.0000001Z', '2026-01-02T03:04:05.0000001Z'],
    ['2026-01-02T03:04:05.5+02:00', '2026-01-02T01:04:05.5Z'],
    ['1969-12-31T23:59:59.9999999Z', '1969-12-31T23:59:59.9999999Z'],
  ])('%s reads back as %s', (text, shown) => expect(formatInstant(parseInstant(text))).toBe(shown));

  it('are refused when they are none', () =>
    expect(() => parseInstant('soon')).toThrow('"soon" is no ISO 8601'));

  it('are cut to the second for the management API', () =>
    expect(formatSecond('2026-01-02T03:04:05.9999999Z')).toBe('2026-01-02T03:04:05Z'));
});

it('timestamps are all different, never go back, and never fall on a whole millisecond', () => {
  const readings = [5, 5, 5, 4, 6];
  const stamp = stampsOf({ now: () => readings.shift() ?? 6, monotonic: () => 0 });
  const stamps = Array.from({ length: 20_000 }, () => parseInstant(stamp()));
  expect(stamps.every((instant, index) => index === 0 || instant > (stamps[index - 1] ?? 0n))).toBe(true);
  expect(stamps.some((instant) => instant % 10_000n === 0n)).toBe(false);
});

describe('JSON', () => {
  it.each([
    [{ a: [1, 'zwei', null, true], b: undefined }, '{"a":[1,"zwei",null,true]}'],
    [1.5, '1.5'],
    [0.0001, '0.0001'],
    [0.00001, '1E-05'],
    [1e21, '1E+21'],
    [12345678901234, '12345678901234'],
    ['a\u2028b\u0085', '"a\\u2028b\\u0085"'],
  ])('%j is written %s', (value, text) => expect(writeJson(value)).toBe(text));
});

describe('what an activity returned', () => {
  it.each([
    [{ string: 'abc' }, '"abc"'],
    [{ json: '{ "a": 1 }' }, '{"a":1}'],
    [{ json: 'null' }, null],
    [{ int: 5 }, '5'],
    [{ double: 0.5 }, '0.5'],
    [{ bytes: Buffer.from('ab') }, '"YWI="'],
    [{}, null],
    [undefined, null],
  ])('%j is kept as %s', (value, text) => expect(resultText(value)).toBe(text));
});

describe('failures of the worker', () => {
  const failure = { message: 'first\nStack: second', stack: 'Error: first' };

  it('are cut at a line that looks like the stack, and keep the blank of the label', () =>
    expect(friendlyMessage(failure)).toBe(' first'));

  it('carry the orchestrator’s state behind a marker', () => {
    const withState = { message: 'false\n\n$OutOfProcData$:{"isDone":true}', stack: '' };
    expect(friendlyMessage(withState)).toBe(' false');
    expect(outOfProcData(withState)).toBe('{"isDone":true}');
    expect(outOfProcData(failure)).toBeUndefined();
  });

  it('are wrapped as .NET would', () =>
    expect(JSON.parse(activityFailureDetails(' x', failure))).toMatchObject({
      $type: 'System.Exception, System.Private.CoreLib',
      Message: ' x',
      InnerException: { RemoteMessage: failure.message, RemoteStackTrace: failure.stack },
    }));

  it.each([
    ['AccountKey=abc "now"', '[Hidden Credential]"now"'],
    ["a password=x'y and pwd=z", "a [Hidden Credential]'y and [Hidden Credential]"],
    ['PublicKeyToken=abc', 'PublicKeyToken=abc'],
    ['amqp://user:secret@host/x done', '[Hidden Credential] done'],
    ['1 + 1 = 2', '1 + 1 = 2'],
  ])('lose their credentials: %s', (text, shown) => expect(sanitize(text)).toBe(shown));
});

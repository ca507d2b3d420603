import { redacted } from '../../../domain/spec/redact';
import { parseQueueMessage } from '../../../functions/queues/queue-message';

const SPEC = { image: 'a:1', args: ['ünï'] };
const JSON_TEXT = JSON.stringify(SPEC);

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

describe('a queue message', () => {
  test.each<[string, unknown]>([
    ['parsed by the worker already', SPEC],
    ['as JSON text', JSON_TEXT],
    ['in base64, as older SDKs send it', base64(JSON_TEXT)],
    ['in base64 with a line end', `${base64(JSON_TEXT)}\n`],
  ])('%s is its value, and keeps the bytes of the JSON', (_what, entry) => {
    const message = parseQueueMessage(entry);
    expect(message).toMatchObject({ ok: true, value: SPEC });
    expect(JSON.parse(message.bytes.toString('utf8'))).toEqual(SPEC);
  });

  test.each([
    '',
    'hello',
    'abcd',
    '{"image":',
    '{',
    '\u0000\u0001',
    base64('hello there'),
    base64('{"image":'),
  ])('that is no JSON says so and keeps its bytes: %j', (entry) => {
    const message = parseQueueMessage(entry);
    expect(message.ok).toBe(false);
    expect(message.bytes.toString('utf8')).toBe(entry);
    expect(message.ok ? '' : message.why).not.toBe('');
  });

  test.each([[5], [true], [['a']]])(
    'that is JSON but no spec is left to the parser of specs: %j',
    (entry) => {
      expect(parseQueueMessage(entry)).toMatchObject({ ok: true, value: entry });
    },
  );

  test.each([
    [
      'as the worker parsed it',
      JSON.parse(`{"env":{"A":{"secure":"hush"}},"b":${'['.repeat(30_000)}${']'.repeat(30_000)}}`),
    ],
    ['as text', base64(`{"env":{"A":{"secure":"hush"}},"b":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)],
  ])('that nests too deep is kept down to some depth, %s', (_what, entry) => {
    const message = parseQueueMessage(entry);
    expect(message).toMatchObject({
      ok: false,
      why: expect.stringMatching(/nests more than 64 deep/) as unknown,
    });
    expect(redacted(message.bytes).toString()).toMatch(
      /^\{"env":\{"A":\{"secure":"\[redacted\]"\}\},"b":\[\[\[/,
    );
  });

  test('that is almost JSON says so without a word of it, and keeps no secret', () => {
    const message = parseQueueMessage('{"env":{"A":{"secure":"hu\\"sh"}},}');
    expect(message.ok ? '' : message.why).not.toMatch(/hu|sh/);
    expect(redacted(message.bytes).toString()).toBe('{"env":{"A":{"secure":"[redacted]"}},}');
    expect(redacted(Buffer.from('{"secure":"hush')).toString()).toBe('{"secure":"[redacted]');
  });
});

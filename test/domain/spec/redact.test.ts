import { redacted } from '../../../domain/spec/redact';

const kept = (text: string): string => redacted(Buffer.from(text)).toString('utf8');

describe('what is kept of a refused message', () => {
  test.each([
    ['{"env":{"A":{"secure":"hush"}}}', '{"env":{"A":{"secure":"[redacted]"}}}'],
    ['{"env":[{"name":"A","secureValue":"hush"}]}', '{"env":[{"name":"A","secureValue":"[redacted]"}]}'],
    ['{"PASSWORD":{"a":"hush"}}', '{"PASSWORD":"[redacted]"}'],
    ['{"azureFile":{"storageAccountKey":"hush"}}', '{"azureFile":{"storageAccountKey":"[redacted]"}}'],
    ['{"env":{"A":{"secure":"hu\\"sh"}},}', '{"env":{"A":{"secure":"[redacted]"}},}'],
    ['{"secure":"hush', '{"secure":"[redacted]'],
    ["{'env':{'A':{'secure':'hush'}}}", "{'env':{'A':{'secure':'[redacted]'}}}"],
    ['{env: {A: {secure: "hush"}}}', '{env: {A: {secure: "[redacted]"}}}'],
    ['- name: A\n  secureValue: hu,sh\n  b: c', '- name: A\n  secureValue: [redacted]\n  b: c'],
    ["password: 'it''s hush'", "password: '[redacted]'"],
    ['{env: {A: {secure: hush}}}', '{env: {A: {secure: [redacted]'],
  ])('%s is without its secrets', (text, expected) => {
    expect(kept(text)).toBe(expected);
    expect(kept(text)).not.toMatch(/hu|sh\b/);
  });

  test.each([
    [
      '{"image":1,"env":{"A":"https://a.example/c?sp=r&sig=hu%2Fsh%3D&se=1"}}',
      '{"image":1,"env":{"A":"https://a.example/c?sp=r&sig=[redacted]&se=1"}}',
    ],
    ['A: https://a.example/?sig=hu%2Fsh%3D', 'A: https://a.example/?sig=[redacted]'],
    ['{"A":"?sp=r\\u0026sig=hu%2Fsh",}', '{"A":"?sp=r\\u0026sig=[redacted]",}'],
  ])('%s is without the signature of its address', (text, expected) => {
    expect(kept(text)).toBe(expected);
  });

  test.each([
    '{"image":"a","env":{"A":"insecure: b"}}',
    'not json',
    '',
    'image: a\nsecurely: b',
    'insecure: b',
  ])('%j is as it came', (text) => {
    expect(kept(text)).toBe(text);
  });

  test('bytes that are no text are as they came', () => {
    const bytes = Buffer.from([0xff, 0x00, 0xfe]);
    expect(redacted(bytes)).toBe(bytes);
  });
});

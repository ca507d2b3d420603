import fc from 'fast-check';

import { messageKey } from '../../../functions/queues/message-key';
import { parseQueueMessage } from '../../../functions/queues/queue-message';
import { parsedIfJson } from '../../support/parsed-if-json';

const OWN = {
  id: '3b8f9a10-0000-4000-8000-000000000001',
  insertionTime: '2026-11-22T01:02:03+00:00',
  expirationTime: '2026-11-29T01:02:03+00:00',
};
const LATER = { ...OWN, insertionTime: '2026-11-22T01:02:04+00:00' };

/** The key of a message as the worker hands it over with the metadata that the host gives. */
function keyOf(text: string, metadata: Readonly<Record<string, unknown>> = OWN): string {
  const entry = parsedIfJson(text);
  return messageKey(metadata, entry, parseQueueMessage(entry).bytes);
}

describe('the key of a message without one', () => {
  test.each([
    '{"image":"a"}',
    '{"image":"a","env":{"id":"x"}}',
    '[{"id":1}]',
    '"id"',
    '5',
    'null',
    'hello id',
    '',
    Buffer.from('{"id":"x"}').toString('base64'),
  ])('is its id where the body leaves that alone: %s', (text) => {
    expect(keyOf(text)).toBe(OWN.id);
  });

  test.each([
    '{"id":"x"}',
    '{"ID":"x"}',
    '{"iD":null}',
    '{"id":{"a":1}}',
    '{"specversion":"1.0","id":"A234-1234-1234","source":"/s","type":"t"}',
    "{'id':'x'}",
    '{id:"x"}',
    '/* c */{"id":"x"}',
    '{"\\u0069d":1,}',
    '\u0085{"id":"x",}',
  ])('says nothing of the id that the host gives where the body can have replaced it: %s', (text) => {
    const keys = ['x', '', 5, { a: 1 }, null, undefined, OWN.id].map((id) => keyOf(text, { ...OWN, id }));
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^message:[0-9a-f]{64}$/);
  });

  test('tells such messages apart by their content and by their second', () => {
    const keys = [
      keyOf('{"id":"x","a":1}'),
      keyOf('{"id":"x","a":2}'),
      keyOf('{"id":"x","a":1}', LATER),
      keyOf('{"id":"x","a":1}', { ...OWN, expirationTime: '9999-12-31T23:59:59+00:00' }),
    ];
    expect(new Set(keys).size).toBe(4);
    expect(keyOf('{"id":"x","a":1}')).toBe(keys[0]);
  });

  test('leaves out a time that the body can have replaced, for the other one', () => {
    const text = '{"id":"x","InsertionTime":"y"}';
    expect(keyOf(text, { ...OWN, insertionTime: 'y' })).toBe(keyOf(text));
    expect(keyOf(text, { ...OWN, expirationTime: '2027-01-01T00:00:00+00:00' })).not.toBe(keyOf(text));
  });

  test.each([{}, { id: '' }, { id: 7 }])('is made of the content where the host gives %j', (metadata) => {
    expect(keyOf('{"image":"a"}', metadata)).toMatch(/^message:/);
    expect(keyOf('{"image":"a"}', metadata)).not.toBe(keyOf('{"image":"b"}', metadata));
  });

  test('is the same whatever stands in the place of what a body replaces', () => {
    const names = fc.constantFrom('id', 'insertionTime', 'expirationTime');
    const cased = fc.mixedCase(names);
    const bodies = fc.dictionary(fc.oneof(cased, fc.string()), fc.jsonValue(), { maxKeys: 8 });
    fc.assert(
      fc.property(bodies, fc.jsonValue(), fc.jsonValue(), (body, one, other) => {
        const has = new Set(Object.keys(body).map((name) => name.toLowerCase()));
        const given = (value: unknown): Record<string, unknown> =>
          Object.fromEntries(
            Object.entries(OWN).map(([name, own]) => [name, has.has(name.toLowerCase()) ? value : own]),
          );
        const text = JSON.stringify(body);
        expect(keyOf(text, given(one))).toBe(keyOf(text, given(other)));
      }),
    );
  });
});

import fc from 'fast-check';

import {
  decodeMessage,
  queueTriggerMetadata,
} from '../../../../standins/functions-host/queues/queue-message';

const message = {
  messageId: 'the-id',
  popReceipt: 'the-receipt',
  messageText: '',
  dequeueCount: 2,
  insertedOn: new Date('2026-11-22T01:02:03Z'),
  expiresOn: new Date('2026-11-29T01:02:03.450Z'),
  nextVisibleOn: new Date('2026-11-22T01:03:03Z'),
};

test('the metadata of a plain text are those of the queue', () => {
  expect(queueTriggerMetadata(message, 'hello')).toEqual({
    QueueTrigger: { string: 'hello' },
    DequeueCount: { json: '2' },
    ExpirationTime: { json: '"2026-11-29T01:02:03.45+00:00"' },
    Id: { string: 'the-id' },
    InsertionTime: { json: '"2026-11-22T01:02:03+00:00"' },
    NextVisibleTime: { json: '"2026-11-22T01:03:03+00:00"' },
    PopReceipt: { string: 'the-receipt' },
  });
});

test('properties of a JSON object join them as .NET text and take the place of a name they share', () => {
  const metadata = queueTriggerMetadata(
    message,
    '{"id":"mine","n":1.5,"yes":true,"o":{"a":[1]},"l":[],"z":null}',
  );
  expect(metadata).toMatchObject({
    Id: { string: 'mine' },
    n: { string: '1.5' },
    yes: { string: 'True' },
    o: { json: '{"a":[1]}' },
  });
  expect(Object.keys(metadata)).not.toEqual(expect.arrayContaining(['l']));
  expect(Object.keys(metadata)).not.toEqual(expect.arrayContaining(['z']));
});

test('a name in another case takes the place of what the queue says, and the last of several cases holds', () => {
  const metadata = queueTriggerMetadata(
    message,
    '{"ID":"first","id":"second","dequeuecount":99,"POPRECEIPT":false,"Own":1,"OWN":2}',
  );
  expect(metadata).toMatchObject({
    Id: { string: 'second' },
    DequeueCount: { string: '99' },
    PopReceipt: { string: 'False' },
    Own: { string: '2' },
  });
  expect(Object.keys(metadata)).toHaveLength(8);
});

test('a null or a list takes the place of nothing', () => {
  const plain = queueTriggerMetadata(message, 'hello');
  const text = '{"id":null,"insertionTime":[]}';
  expect(queueTriggerMetadata(message, text)).toEqual({ ...plain, QueueTrigger: { string: text } });
});

test('an object that nests more than 64 deep adds nothing, as with the real host', () => {
  const nested = (depth: number): string => `{"id":"x","a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  expect(queueTriggerMetadata(message, nested(64))['Id']).toEqual({ string: 'x' });
  expect(queueTriggerMetadata(message, nested(65))['Id']).toEqual({ string: 'the-id' });
  expect(queueTriggerMetadata(message, nested(30_000))['Id']).toEqual({ string: 'the-id' });
});

test('a property named __proto__ is one like others', () => {
  const metadata = queueTriggerMetadata(message, '{"__proto__":{"id":"x"}}');
  expect(Object.keys(metadata)).toContain('__proto__');
  expect(Object.getPrototypeOf(metadata)).toBe(Object.prototype);
});

test.each(['[1,2]', '"text"', '{broken', '5'])('%s adds no property', (text) => {
  expect(Object.keys(queueTriggerMetadata(message, text))).toHaveLength(7);
});

test('base64 of any text is decoded to it, and without encoding any text is itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(decodeMessage(Buffer.from(text).toString('base64'), 'base64')).toEqual({ kind: 'text', text });
      expect(decodeMessage(text, 'none')).toEqual({ kind: 'text', text });
    }),
  );
});

test.each(['{"a":1}', 'abc', 'a===', '=abc', 'ab-_'])('%s is no base64', (text) => {
  expect(decodeMessage(text, 'base64')).toEqual({ kind: 'undecodable' });
});

test('base64 of bytes that are no UTF-8 is told apart', () => {
  expect(decodeMessage(Buffer.from([0xff, 0xfe]).toString('base64'), 'base64')).toEqual({ kind: 'not-text' });
});

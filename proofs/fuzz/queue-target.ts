// The target for queue messages: reads what the Functions worker makes of them, and checks that no body can choose its
// own key.
import assert from 'node:assert/strict';

import * as fc from 'fast-check';

import { parseJobSpec } from '../../domain/spec/job-spec';
import { messageKey } from '../../functions/queues/message-key';
import { parseQueueMessage } from '../../functions/queues/queue-message';
import { queueTriggerMetadata } from '../../standins/functions-host/queues/queue-message';
import { queueBodies } from '../../test/functions/support/queue-bodies';
import { parsedIfJson } from '../../test/support/parsed-if-json';
import { BOMBS } from './bombs';
import { mutated } from './mutations';
import { seedDocuments } from './seed-documents';
import { structures } from './structures';
import type { Target } from './target';

export const QUEUE_TARGET: Target = {
  name: 'queue messages',
  share: 1,
  inputs: fc.oneof(
    mutated(seedDocuments().filter((seed) => seed.trimStart().startsWith('{'))),
    queueBodies,
    fc.string({ unit: 'binary', maxLength: 200 }),
    structures,
    structures.map((text) => Buffer.from(text).toString('base64')),
  ),
  // A message has 64 KB at most.
  always: [
    ...BOMBS.filter((bomb) => bomb.length <= 64 * 1024),
    '{"image":"i","placements":[{"length":[{"toString":0}]}]}',
    `{"image":{"length":{}},"env":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
  ],
  parse: parseMessage,
};

const OWN_ID = '3b8f9a10-0000-4000-8000-000000000001';
const TAKEN = new Date('2026-11-22T01:02:03Z');
const MESSAGE = {
  messageId: OWN_ID,
  popReceipt: 'receipt',
  messageText: '',
  dequeueCount: 1,
  insertedOn: TAKEN,
  expiresOn: TAKEN,
  nextVisibleOn: TAKEN,
};

/** A message as the worker gives it: parsed if it is JSON, else the text. */
function parseMessage(text: string): () => void {
  const entry = parsedIfJson(text);
  const message = parseQueueMessage(entry);
  const { Id } = queueTriggerMetadata(MESSAGE, text);
  const id = Id?.string ?? Id?.json;
  const key = messageKey({ id }, entry, message.bytes);
  const spec = message.ok ? parseJobSpec(message.value, 600) : undefined;
  return () => {
    assert.ok(key === OWN_ID || key.startsWith('message:'), 'the key is the id of the queue or a hash');
    assert.ok(id === OWN_ID || key !== id, 'the key is nothing that the body says');
    if (!message.ok) assert.ok(message.why.length > 0, 'something is said');
    if (spec === undefined || spec.ok) return;
    assert.ok(spec.problems.length > 0, 'a spec that is not taken has a problem');
    for (const { pointer, message: said } of spec.problems)
      assert.ok(said.length > 0 && (pointer === '' || pointer.startsWith('/')), 'a problem has a place');
  };
}

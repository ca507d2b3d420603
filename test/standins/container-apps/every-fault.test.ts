// No fault is without its test.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { faultSchema } from '../../../standins/container-apps/faults/fault';

const KINDS = faultSchema.options.map(({ shape }) => shape.kind.value);
const SOURCES = readdirSync(__dirname)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(__dirname, name), 'utf8'))
  .join('\n');

test.each(KINDS)('%s is tried', (kind) => {
  expect(SOURCES).toContain(`kind: '${kind}'`);
});

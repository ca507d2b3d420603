// No switch is without its test.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { switchesSchema } from '../../../../standins/container-apps/switches';

const FILES = readdirSync(__dirname).filter((name) => name.endsWith('.test.ts'));

test('every switch is tried with each of its answers, once', () => {
  const tried = FILES.flatMap((name) => [
    ...readFileSync(join(__dirname, name), 'utf8').matchAll(/^eachAnswer\(\s*'(\w+)'/gm),
  ]).map(([, name]) => name);
  expect(tried.sort()).toEqual(Object.keys(switchesSchema.shape).sort());
});

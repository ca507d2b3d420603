import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { globSync } from 'tinyglobby';

const SOURCES = join(resolve(__dirname, '..', '..'), 'node_modules', 'durable-functions', 'lib', 'src');

test('of validator, of which the package has one function, durable-functions calls no other', () => {
  const called = globSync('**/*.js', { cwd: SOURCES, absolute: true }).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bvalidator_1\.(\w+)/g)].map(([, name]) => name),
  );
  expect([...new Set(called)]).toEqual(['isURL']);
});

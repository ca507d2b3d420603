import '../../../domain/parse/no-generated-code';

import { z } from 'zod';

import { parseUntrusted } from '../../../domain/parse/parse-untrusted';

test('no schema makes zod generate code, and each still says what is wrong', () => {
  const generated = jest.spyOn(globalThis, 'Function');
  const schema = z.object({ name: z.string(), inner: z.object({ count: z.int() }) });
  expect(parseUntrusted(schema, { name: 'a', inner: { count: 1 } }).success).toBe(true);
  expect(parseUntrusted(schema, { name: 'a', inner: {} }).error?.issues[0]?.path).toEqual(['inner', 'count']);
  expect(generated).not.toHaveBeenCalled();
});

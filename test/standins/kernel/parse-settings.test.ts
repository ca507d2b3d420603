import { z } from 'zod';

import { parseSettings } from '../../../standins/kernel/parse-settings';

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(7071),
  LEVEL: z.enum(['trace', 'none']).default('none'),
  FOLDER: z.string().min(1).default('.gpu-jobs'),
});

describe('settings from the environment', () => {
  test('are their defaults where the environment has none of them', () => {
    expect(parseSettings(schema, {})).toEqual({
      success: true,
      data: { PORT: 7071, LEVEL: 'none', FOLDER: '.gpu-jobs' },
    });
  });

  test.each([
    ['PORT', 'http', 'must be a whole number'],
    ['PORT', '1.5', 'must be a whole number'],
    ['PORT', '-1', 'must be at least 0'],
    ['PORT', '70000', 'must be at most 65535'],
    ['LEVEL', 'loud', 'must be one of "trace", "none"'],
    ['FOLDER', '', 'must not be empty'],
  ])('of %s=%s it says that it %s', (name, value, objection) => {
    const parsed = parseSettings(schema, { [name]: value });
    expect(parsed.error?.issues.map(({ path, message }) => [...path, message])).toEqual([[name, objection]]);
  });
});

// JSON as JSON.parse reads it, or refused with its place: for any text and any value.
import * as fc from 'fast-check';

import { readJsonSource } from '../../../formats/source/json-source';
import { Lines } from '../../../formats/source/lines';

function read(text: string): ReturnType<typeof readJsonSource> {
  return readJsonSource(text, new Lines(text));
}

function parsed(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

/**
 * What may not be taken although JSON.parse takes it, told without the reader: from what a walk over JSON.parse's own
 * answer sees.
 */
function mayBeRefused(text: string): boolean {
  const names = [...text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)].map(([, name]) =>
    String(JSON.parse(`"${name ?? ''}"`)),
  );
  const hasName = new Set(names).size < names.length || names.includes('__proto__');
  const hasNumber = /\d{16}|[eE]/.test(text);
  return hasName || hasNumber || /\\u[dD][89a-fA-F]/.test(text) || !text.isWellFormed();
}

/** JSON with blanks, escapes and numbers written in every way that JSON has. */
const { json } = fc.letrec<{ json: string; text: string }>((tie) => {
  const blank = fc.constantFrom('', ' ', '\n', '\r\n\t');
  const unit = fc.oneof(
    fc
      .string({ unit: 'binary', minLength: 1, maxLength: 3 })
      .map((text) => JSON.stringify(text).slice(1, -1)),
    fc.constantFrom(
      '\\u0041',
      '\\/',
      '\\ud83d\\ude00',
      '\\ud83d',
      '//',
      '/*',
      '#',
      "'",
      '\\\\',
      '\\"',
      '__proto__',
    ),
  );
  return {
    text: fc.array(unit, { maxLength: 4 }).map((units) => `"${units.join('')}"`),
    json: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.oneof(
        fc.constantFrom(
          'true',
          'false',
          'null',
          '0',
          '-0',
          '1.50',
          '1E5',
          '-2.5e-3',
          '1e400',
          '9007199254740993',
          '0.1',
        ),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
        tie('text'),
      ),
      fc
        .array(fc.tuple(blank, tie('json'), blank), { maxLength: 4 })
        .map((items) => `[${items.map((parts) => parts.join('')).join(',')}]`),
      fc
        .array(fc.tuple(blank, tie('text'), blank, tie('json')), { maxLength: 4 })
        .map((members) => `{${members.map(([a, name, b, value]) => `${a}${name}${b}:${value}`).join(',')}}`),
    ),
  };
});

test('any JSON is read as JSON.parse reads it, or refused for a reason that it gives', () => {
  fc.assert(
    fc.property(json, (text) => {
      const answer = read(text);
      const expected = parsed(text);
      expect(expected.ok).toBe(true);
      if (answer.kind === 'json') {
        expect(answer.root.value).toEqual(expected.ok ? expected.value : undefined);
        expect(answer.liberties).toEqual([]);
      } else {
        expect(mayBeRefused(text)).toBe(true);
        expect(answer.problem.where.line).toBeGreaterThan(0);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('any text that JSON.parse refuses is refused with a place, unless it only takes the liberties of a template', () => {
  const near = fc.tuple(
    json,
    fc.nat(),
    fc.constantFrom('', ',', '"', '}', ']', ' ', 'x', "'", '#', '//', '/*', '\n', '\\', '1'),
  );
  fc.assert(
    fc.property(near, ([text, seed, put]) => {
      const at = seed % (text.length + 1);
      const broken = text.slice(0, at) + put + text.slice(put === '' ? at + 1 : at);
      const answer = read(broken);
      if (answer.kind === 'refused') {
        const { line = 0, column = 0 } = answer.problem.where;
        const lines = broken.split('\n');
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
        return;
      }
      const expected = parsed(broken);
      if (expected.ok) expect(answer.root.value).toEqual(expected.value);
      else expect(answer.liberties.length).toBeGreaterThan(0);
    }),
    { numRuns: 2_000 },
  );
});

test('the liberties of a template change nothing else: without the comments, and with the breaks escaped, JSON.parse reads the same', () => {
  const piece = fc.constantFrom('a', '// x', '/* y */', '\n', '\t', '\r\n', '#', 'ü');
  const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
  const comment = fc.constantFrom('', '// "a", b\n', '/* ] } */', ' ', '/**/', '// }\r\n');
  fc.assert(
    fc.property(fc.array(fc.tuple(comment, text, comment), { maxLength: 5 }), (items) => {
      const written = `[${items.map(([a, value, b]) => `${a}"${value}"${b}`).join(',')}]`;
      const answer = read(written);
      expect(answer.kind === 'json' ? answer.root.value : answer.problem).toEqual(
        items.map(([, value]) => value),
      );
    }),
  );
});

test('a number survives whenever it prints as it was written, in any notation', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => value !== 0), // 00 is no number.
      fc.integer({ min: -5, max: 5 }),
      (value, shift) => {
        const [, digits = '', exponent = '0'] = /^(.*?)(?:e([-+]?\d+))?$/.exec(value.toExponential()) ?? [];
        const [whole = '', fraction = ''] = digits.split('.');
        const written = `${whole}${fraction === '' ? '' : `.${fraction}00`}E${Number(exponent)}`;
        expect(read(written)).toMatchObject({ kind: 'json', root: { value } });
        const moved = `${whole}${fraction}${'0'.repeat(shift + 5)}e${Number(exponent) - fraction.length - shift - 5}`;
        expect(read(moved)).toMatchObject({ kind: 'json', root: { value } });
      },
    ),
  );
});

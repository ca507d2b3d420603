import { HttpRequest, type HttpResponseInit } from '@azure/functions';
import { z } from 'zod';

import { decimalNumber, wholeNumber } from '../../../api/common';
import { problemSchema } from '../../../api/problem';
import { readJson } from '../../../functions/answers/read-json';
import { readQuery } from '../../../functions/answers/read-query';

const SHAPE = z.object({ limit: wholeNumber(1, 200).default(50), cpu: decimalNumber(0.5, 10).optional() });

function get(query: string): HttpRequest {
  return new HttpRequest({ method: 'GET', url: `http://localhost/api/x?${query}` });
}

function post(body: string | Uint8Array): HttpRequest {
  const text = typeof body === 'string' ? { string: body } : { bytes: body };
  return new HttpRequest({ method: 'POST', url: 'http://localhost/api/x', body: text });
}

/** The answer with which a reader refused the request. */
function refusalOf(read: { ok: true } | { ok: false; problem: HttpResponseInit }) {
  if (read.ok) throw new Error('It was not refused.');
  expect(read.problem.headers).toMatchObject({ 'content-type': 'application/problem+json' });
  return problemSchema.parse(JSON.parse(z.string().parse(read.problem.body)));
}

describe('a query', () => {
  test('is read by its schema, with defaults', () => {
    expect(readQuery(get('cpu=1.5'), SHAPE)).toEqual({ ok: true, query: { limit: 50, cpu: 1.5 } });
  });

  test('may carry a function key', () => {
    expect(readQuery(get('code=secret&clientId=default'), SHAPE)).toMatchObject({ ok: true });
  });

  test.each(['limit=', 'limit=0', 'limit=201', 'limit=1e2', 'limit=0x10', 'limit=+5', 'limit=1,2', 'cpu=1.'])(
    '%s is refused, with the parameter and what is allowed',
    (query) => {
      const name = query.split('=')[0] ?? '';
      const { status, detail, errors } = refusalOf(readQuery(get(query), SHAPE));
      expect(status).toBe(400);
      expect(errors).toMatchObject([{ parameter: name }]);
      expect(detail).toContain(`${name} must be a `);
    },
  );

  test('with a parameter that the route does not take is refused, and says which it takes', () => {
    const { detail, errors } = refusalOf(readQuery(get('limt=5'), SHAPE));
    expect(errors).toEqual([{ parameter: 'limt', detail: 'is not a known field' }]);
    expect(detail).toContain('This route takes limit, cpu.');
  });
});

describe('a body', () => {
  test('of JSON is read', async () => {
    expect(await readJson(post('{"a":[1]}'))).toEqual({ ok: true, value: { a: [1] } });
  });

  test.each([
    ['that is no JSON', '{', 400, 'Body is not JSON'],
    ['that is empty', '', 400, 'Body is not JSON'],
    ['that is no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 400, 'Body is not JSON'],
    ['that is too large', `"${'x'.repeat(256 * 1024)}"`, 413, 'Body too large'],
    ['that is too deep', '['.repeat(65) + ']'.repeat(65), 400, 'Body too deep'],
    ['of 100,000 lists in each other', '['.repeat(1e5) + ']'.repeat(1e5), 400, 'Body too deep'],
  ])('%s is refused', async (_what, body, status, title) => {
    expect(refusalOf(await readJson(post(body)))).toMatchObject({ status, title });
  });

  test('as deep as is allowed is read', async () => {
    expect(await readJson(post('['.repeat(64) + ']'.repeat(64)))).toMatchObject({ ok: true });
  });
});

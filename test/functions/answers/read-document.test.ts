// A request's body as a document. What is refused has its status, line and pointer, and nothing else of the request
// matters.
import { HttpRequest, type HttpResponseInit } from '@azure/functions';

import { problemSchema } from '../../../api/problem';
import { type ReadDocument, readDocument, refusedSpec } from '../../../functions/answers/read-document';

function read(
  body: string | Uint8Array,
  query = '',
  headers: Record<string, string> = {},
): Promise<ReadDocument> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const request = new HttpRequest({
    method: 'POST',
    url: `http://localhost/api/jobs${query}`,
    headers,
    body: { bytes },
  });
  return readDocument(request, 600);
}

function problemOf(answer: HttpResponseInit): {
  status: number;
  title: string;
  detail: string;
  errors: unknown;
} {
  expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json' });
  const { status, title, detail, errors } = problemSchema
    .strict()
    .parse(JSON.parse(typeof answer.body === 'string' ? answer.body : ''));
  expect(answer.status).toBe(status);
  return { status, title, detail, errors };
}

async function refusalOf(body: string | Uint8Array, query?: string): Promise<ReturnType<typeof problemOf>> {
  const answer = await read(body, query);
  if (answer.ok) throw new Error(`taken as ${JSON.stringify(answer.document.spec)}`);
  return problemOf(answer.problem);
}

test.each(['application/json', 'application/yaml', 'text/plain', 'application/x-www-form-urlencoded', ''])(
  'the content decides, whatever the content type says: %s',
  async (type) => {
    const answer = await read('image: i\n', '', type === '' ? {} : { 'content-type': type });
    expect(answer).toMatchObject({ ok: true, document: { format: 'native', spec: { image: 'i' } } });
  },
);

test('what is wrong has its line, column and pointer', async () => {
  expect(await refusalOf('image: i\ngpu:\n  count: 0\n')).toEqual({
    status: 400,
    title: 'Invalid job spec',
    detail: '1 thing is wrong with the native document; `errors` says where.',
    errors: [{ line: 3, column: 3, pointer: '/gpu/count', detail: 'must be a positive whole number' }],
  });
});

test('a body above the limit is 413, one that is no text 400', async () => {
  expect(await refusalOf('x'.repeat(256 * 1024 + 1))).toMatchObject({ status: 413 });
  expect(await refusalOf(Uint8Array.of(0xff, 0xfe, 0x00))).toMatchObject({
    status: 400,
    title: 'Body is no text',
  });
});

test('the query names the format and overrides the policy; what it does not know is refused', async () => {
  expect(await refusalOf('image: i', '?format=kubernetes')).toMatchObject({ status: 400 });
  expect(await refusalOf('image: i', '?format=helm')).toMatchObject({
    title: 'Bad query',
    errors: [{ parameter: 'format' }],
  });
  expect(await refusalOf('image: i', '?fromat=native')).toMatchObject({ title: 'Bad query' });
  const group = `name: g
properties:
  containers: [{ name: c, properties: { image: i, resources: { requests: { cpu: 1, memoryInGB: 1 } } } }]
  osType: Linux
  restartPolicy: Always`;
  expect(await refusalOf(group)).toMatchObject({
    errors: [{ line: 5, pointer: '/properties/restartPolicy' }],
  });
  expect(await read(group, '?restartPolicy=Never&location=eastus')).toMatchObject({ ok: true });
  expect(await read(group, '?restartPolicy=never')).toMatchObject({ ok: true });
});

test('what is refused of a spec later on is reported where its document says it', async () => {
  const answer = await read('env:\n  A: { secretRef: s }\nimage: i\n');
  if (!answer.ok) throw new Error('refused');
  const refused = refusedSpec([{ pointer: '/env/A/secretRef', message: 'is not allowed' }], answer.document);
  expect(problemOf(refused).errors).toEqual([
    { line: 2, column: 8, pointer: '/env/A/secretRef', detail: 'is not allowed' },
  ]);
});

describe('YAML that came in one line', () => {
  const yaml =
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\nspec:\n  containers:\n  - name: a\n    image: b\n';

  test('is refused once, with what sends a file as it is', async () => {
    const refused = await refusalOf(yaml.replaceAll('\n', '')); // This is what `curl -d @FILE` does.
    expect(refused).toMatchObject({ status: 400, title: 'Body without line breaks' });
    expect(refused.detail).toContain('--data-binary @FILE');
    expect(refused.errors).toBeUndefined();
  });

  test.each([
    'image: b',
    '{image: b, gpu: {count: x}}',
    '{"image": "a: b c:"',
    'image: "a b: c"',
    'hello there',
  ])('is not what is wrong with %s', async (text) => {
    const answer = await read(text);
    expect(answer.ok ? '' : problemOf(answer.problem).title).not.toBe('Body without line breaks');
  });
});

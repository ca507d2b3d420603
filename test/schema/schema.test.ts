// The published JSON Schema says what the parser takes.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { jobSpecSchema } from '../../domain/spec/job-spec';
import { editorSchema } from '../../formats/editor-schema';
import { parse } from '../formats/support/parse';

const FILE = resolve(__dirname, '../../schema/job-spec.schema.json');

test('the file is what `npm run schema` writes', async () => {
  const published: unknown = JSON.parse(await readFile(FILE, 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(editorSchema())));
});

test('every field says what it is', () => {
  const { properties } = editorSchema() as { properties: Record<string, { description?: string }> };
  expect(Object.keys(properties).sort()).toEqual(['$schema', ...Object.keys(jobSpecSchema.shape)].sort());
  expect(Object.entries(properties).filter(([, { description }]) => description === undefined)).toEqual([]);
});

test('a document may say where its schema is, and that is no part of the spec', () => {
  const parsed = parse({ $schema: '../../schema/job-spec.schema.json', image: 'i' });
  expect(parsed).toMatchObject({ ok: true, format: 'native', spec: { image: 'i' } });
  expect(parsed.ok ? Object.keys(parsed.spec) : []).toEqual(['image']);
});

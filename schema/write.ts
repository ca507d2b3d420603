// npm run schema: writes the JSON Schema of a spec, for editors.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { editorSchema } from '../formats/editor-schema';

const FILE = resolve(__dirname, 'job-spec.schema.json');

async function write(): Promise<void> {
  const config = await resolveConfig(FILE);
  writeFileSync(FILE, await format(JSON.stringify(editorSchema()), { ...config, parser: 'json' }));
}

write().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});

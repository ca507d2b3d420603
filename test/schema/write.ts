// npm run schema: writes the JSON Schema that editors use.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { schemaText } from './schema-text';

const FILE = resolve(__dirname, '../../schema/job-spec.schema.json');

schemaText()
  .then((text) => {
    writeFileSync(FILE, text);
  })
  .catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });

// The part of Azure's type data that is kept is what is asked for, and says what the whole says.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { retrimmed } from '../../../proofs/bicep/types/trim';
import { readTypeData, wanted } from '../../../proofs/bicep/types/type-data';
import { type TypeEntry, typeFileSchema } from '../../../proofs/bicep/types/type-file';

const DATA = readTypeData();
/** Where it lies beside a checkout, another cut of the same data. */
const OTHER_CUT = join(__dirname, '../../../../shared/reference/bicep-types');

test.each(wanted())('%s is there, and its API version is a known one', (name) => {
  const [type = '', version = ''] = name.split('@');
  expect(DATA.entry(name)?.resource.name).toBe(name);
  expect(DATA.versions(type)).toContain(version);
});

/** That cut left out all descriptions, and with them each property that is called so. */
function undescribed({ resource, types }: TypeEntry): TypeEntry {
  const without = types.map((type) => {
    if (type.$type !== 'ObjectType') return type;
    const properties = Object.entries(type.properties).filter(([name]) => name !== 'description');
    return { ...type, properties: Object.fromEntries(properties) };
  });
  return { resource, types: without };
}

const beside = existsSync(OTHER_CUT) ? readdirSync(OTHER_CUT).filter((file) => file.endsWith('.json')) : [];

(beside.length === 0 ? test.skip : test)('another cut of the same data says the same', () => {
  const differing: string[] = [];
  let compared = 0;
  for (const file of beside) {
    const entries = typeFileSchema.parse(JSON.parse(readFileSync(join(OTHER_CUT, file), 'utf8')));
    for (const [name, entry] of Object.entries(entries)) {
      const own = DATA.entry(name);
      if (own === undefined) continue;
      compared += 1;
      if (JSON.stringify(retrimmed(entry)) !== JSON.stringify(retrimmed(undescribed(own))))
        differing.push(name);
    }
  }
  expect(compared).toBeGreaterThan(20);
  expect(differing).toEqual([]);
});

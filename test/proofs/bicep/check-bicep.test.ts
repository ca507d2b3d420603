// The check of Bicep: it says nothing of what is sound, and names each fault at its place.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { checkBicep } from '../../../proofs/bicep/check-bicep';
import { placeOf, saidOfFinding } from '../../../proofs/bicep/finding';
import { fromDisk } from '../../../proofs/bicep/model/project';
import { createResourceTypes } from '../../../proofs/bicep/model/resource-types';
import { MODULES } from './seeds/modules';
import { NAMES } from './seeds/names';
import { PRODUCT } from './seeds/product';
import { RESOURCES } from './seeds/resources';
import { SECRETS } from './seeds/secrets';
import type { Seed } from './seeds/seed';
import { SETTING_VALUES } from './seeds/setting-values';
import { SYNTAX } from './seeds/syntax';

const SOUND = join(__dirname, '../../fixtures/bicep');
const FILES = readdirSync(SOUND).filter((file) => file.endsWith('.bicep'));

const TYPES = createResourceTypes();

function check(file?: string, text?: string): string[] {
  const changed = file === undefined ? undefined : join(SOUND, file);
  const read = (location: string): string | undefined => (location === changed ? text : fromDisk(location));
  return checkBicep(
    FILES.map((one) => join(SOUND, one)),
    SOUND,
    read,
    TYPES,
  ).findings.map(saidOfFinding);
}

test('nothing is said of sound Bicep', () => {
  expect(check()).toEqual([]);
});

test.each([...RESOURCES, ...NAMES, ...MODULES, ...SYNTAX, ...PRODUCT, ...SECRETS, ...SETTING_VALUES])(
  '$fault is told',
  ({ file, from, to, says }: Seed) => {
    const sound = fromDisk(join(SOUND, file)) ?? '';
    expect(sound.split(from)).toHaveLength(2);
    const marked = sound.replace(from, () => to);
    const at = marked.indexOf('¦');
    const text = marked.replace('¦', '');
    const { line, column } = placeOf(text, at);
    const place = at === -1 ? '' : `:${line}:${column}: `;
    const said = check(file, text);
    expect(said.find((one) => one.includes(place) && one.includes(says)) ?? said).toEqual(expect.any(String));
  },
);

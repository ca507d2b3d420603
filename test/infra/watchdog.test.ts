// The Bicep of the watchdog as text: its files fit together, its example is a configuration of the app, and its roles
// say what the code does.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { aciPlacementSchema } from '../../backends/aci/placement';
import { placementSchema } from '../../backends/backends';
import { containerAppsPlacementSchema } from '../../backends/container-apps/placement';
import { WATCHDOG_RIGHTS as APPS_RIGHTS } from '../../backends/container-apps/rights';
import { kubernetesPlacementSchema } from '../../backends/kubernetes/placement';
import { WATCHDOG_RIGHTS } from '../../backends/kubernetes/rights';

const INFRA = join(__dirname, '../../infra');
const read = (file: string): string => readFileSync(join(INFRA, file), 'utf8');
const WHOLE = read('watchdog.bicep');

/** What the first group of the pattern found, each time. */
function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, one]) => one ?? '');
}

/** The parameters of a file, and those of them that have no default. */
function parametersOf(text: string): { readonly all: string[]; readonly required: string[] } {
  return {
    all: found(text, /^param (\w+) /gm),
    required: found(text, /^param (\w+) \w+$/gm),
  };
}

interface Module {
  readonly name: string;
  readonly file: string;
  readonly params: readonly string[];
}

/** The modules that the whole is made of, with the parameters that it gives them. */
function modules(): Module[] {
  return found(WHOLE, /^(module [^]*?^\}\]?)$/gm).map((text) => {
    const [, name = '', file = ''] = /^module (\w+) '(.+?)'/.exec(text) ?? [];
    const [, params = ''] = /^ {2}params: \{\n([^]*?)^ {2}\}/m.exec(text) ?? [];
    return { name, file, params: found(params, /^ {4}(\w+):/gm) };
  });
}

test('the watchdog is made of each file of its folder, and of what pulls its image', () => {
  const files = readdirSync(join(INFRA, 'watchdog')).filter((file) => file.endsWith('.bicep'));
  expect(new Set(modules().map(({ file }) => file))).toEqual(
    new Set(['pull.bicep', ...files.map((file) => `watchdog/${file}`)]),
  );
});

test.each(modules())('$name gives $file what it asks for, and nothing else', ({ file, params }) => {
  const { all, required } = parametersOf(read(file));
  expect(required.filter((name) => !params.includes(name))).toEqual([]);
  expect(params.filter((name) => !all.includes(name))).toEqual([]);
});

test('what is taken of a module is an output of its file', () => {
  const files = new Map(modules().map(({ name, file }) => [name, read(file)]));
  const taken = [...WHOLE.matchAll(/\b(\w+)\.outputs\.(\w+)/g)];
  expect(taken.length).toBeGreaterThan(5);
  for (const [said, name = '', output = ''] of taken) {
    const outputs = found(files.get(name) ?? '', /^output (\w+) /gm);
    expect({ said, isThere: outputs.includes(output) }).toEqual({ said, isThere: true });
  }
});

/** A literal of Bicep as JSON: names without quotes, texts in single ones, one item a line. */
function valueOf(literal: string): unknown {
  const lines = literal.split('\n').filter((line) => !line.trim().startsWith('//'));
  const json = lines
    .map((line) => line.replace(/^(\s*)(\w+): /, '$1"$2": ').replaceAll("'", '"'))
    .join('\n')
    .replace(/([^\s[{])\n(?=\s*[^\s\]}])/g, '$1,\n');
  return JSON.parse(json);
}

const EXAMPLE = read('watchdog.example.bicepparam');

test('the example gives each parameter that has no default, and none that does not exist', () => {
  const given = found(EXAMPLE, /^param (\w+) =/gm);
  const { all, required } = parametersOf(WHOLE);
  expect(required.filter((name) => !given.includes(name))).toEqual([]);
  expect(given.filter((name) => !all.includes(name))).toEqual([]);
});

test('its placements are those of the app: one of each kind', () => {
  const [, literal = ''] = /^param placements = (\[\n[^]*?^\])$/m.exec(EXAMPLE) ?? [];
  const placements = z.array(placementSchema).parse(valueOf(literal));
  expect(placements.map(({ backend }) => backend)).toEqual(['aci', 'kubernetes', 'container-apps']);
});

test('a placement is asked for members of its own kind alone, and not before its kind is known', () => {
  const lists = new Map([
    ['placements', ['backend']],
    ['onInstances', Object.keys(aciPlacementSchema.shape)],
    ['onClusters', Object.keys(kubernetesPlacementSchema.shape)],
    ['onApps', Object.keys(containerAppsPlacementSchema.shape)],
  ]);
  const asked: string[] = [];
  for (const [, list = ''] of WHOLE.matchAll(/\((\w+), placement =>/g)) expect(lists.has(list)).toBe(true);
  for (const [variable = ''] of WHOLE.matchAll(/^var .*(?:\n(?!\n|var ).*)*/gm)) {
    const [list] = found(variable, /\((\w+), placement =>/g);
    if (list === undefined) continue;
    const members = found(variable, /\bplacement\.(\w+)/g);
    asked.push(...members);
    expect(members.filter((member) => !(lists.get(list) ?? []).includes(member))).toEqual([]);
  }
  // All that stand in the file have been looked at.
  expect(asked).toHaveLength(found(WHOLE, /\bplacement\.(\w+)/g).length);
  expect(new Set(asked)).toEqual(new Set(['backend', 'subscriptionId', 'resourceGroup', 'cluster']));
});

test('in the namespaces of a cluster its role in Azure allows what its role in the cluster allows', () => {
  const [, list = ''] = /dataActions: \[\n([^]*?)\]/.exec(read('watchdog/cluster-role.bicep')) ?? [];
  const actions = WATCHDOG_RIGHTS.map(({ verb, group, resource }) => {
    const kind = group === '' ? resource : `${group}/${resource}`;
    // Azure has one word for looking at one and at all.
    return `Microsoft.ContainerService/managedClusters/${kind}/${verb === 'delete' ? verb : 'read'}`;
  });
  expect(new Set(found(list, /'(.+)'/g))).toEqual(new Set(actions));
});

test('where Container Apps run jobs its role in Azure allows what the code asks for there', () => {
  const role = read('watchdog/apps-role.bicep');
  const [, list = ''] = /^ +actions: \[\n([^]*?)^ +\]/m.exec(role) ?? [];
  expect(found(list, /^ +'(.+)'$/gm)).toEqual(APPS_RIGHTS);
  expect(found(role, /(\w*[aA]ctions: \[\])/g)).toEqual([
    'notActions: []',
    'dataActions: []',
    'notDataActions: []',
  ]);
});

test('each kind of role is given in the resource groups of its own placements', () => {
  for (const [kind, list] of [
    ['instances', 'onInstances'],
    ['apps', 'onApps'],
  ]) {
    expect(WHOLE).toContain(`var ${kind}Groups = union([], map(${list}, placement`);
    const access = new RegExp(
      String.raw`module ${kind}Access 'watchdog/access\.bicep' = \[for \(placementGroup, index\) in ${kind}Groups: \{[^]*?roleDefinitionName: ${kind}Role\.outputs`,
    );
    expect(WHOLE).toMatch(access);
  }
});

test('the job is told the placements, its identity, and the vault where there is one', () => {
  const settings = found(read('watchdog/job.bicep'), /name: '([A-Z_]+)'/g);
  expect(settings.toSorted()).toEqual(['AZURE_CLIENT_ID', 'GPU_JOBS_KEY_VAULT', 'GPU_JOBS_PLACEMENTS']);
});

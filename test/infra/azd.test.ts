// What azd reads: azure.yaml, the parameters, and the names by which Bicep and code mean the same.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { globSync } from 'tinyglobby';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

import { parse } from '../../proofs/bicep/parse/parse';
import type { ParamSyntax } from '../../proofs/bicep/parse/syntax';
import { evaluate } from './support/deploy/evaluate';
import { asList, inText } from './support/deploy/value';

const ROOT = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const step = z.strictObject({ shell: z.string(), run: z.string() });
const hook = z.strictObject({
  posix: step.extend({ shell: z.literal('sh') }),
  windows: step.extend({ shell: z.literal('pwsh') }),
});
const project = z
  .object({
    services: z.object({
      api: z.object({
        host: z.literal('function'),
        language: z.literal('ts'),
        dist: z.string(),
        remoteBuild: z.boolean(),
        hooks: z.object({ prepackage: hook }),
      }),
    }),
    hooks: z.record(z.enum(['postdeploy', 'postup', 'predown']), hook),
  })
  .parse(parseYaml(read('azure.yaml')));

describe('azure.yaml', () => {
  test('deploys the folder that the package is made in, as it is', () => {
    const { dist, remoteBuild, hooks } = project.services.api;
    expect(remoteBuild).toBe(false);
    expect(hooks.prepackage.posix.run).toBe('npm run package');
    expect(
      z.object({ scripts: z.object({ package: z.string() }) }).safeParse(JSON.parse(read('package.json')))
        .success,
    ).toBe(true);
    const made = globSync('packaging/*.ts', { cwd: ROOT }).some((file) => read(file).includes(`'${dist}'`));
    expect({ dist, made }).toEqual({ dist: '.out', made: true });
  });

  test('azd takes an unbuilt package only while .funcignore leaves modules in', () => {
    const lines = existsSync(join(ROOT, '.funcignore')) ? read('.funcignore').split('\n') : [];
    expect(lines.filter((line) => /^\/?node_modules\/?$/.test(line.trim()))).toEqual([]);
  });

  test.each(Object.entries(project.hooks))(
    '%s runs one program of Node in every shell',
    (_name, { posix, windows }) => {
      expect(windows.run).toBe(posix.run);
      const [, file = ''] = /^node (\S+\.mjs)$/.exec(posix.run) ?? [];
      expect({ run: posix.run, isThere: existsSync(join(ROOT, file)) }).toEqual({
        run: posix.run,
        isThere: true,
      });
    },
  );
});

const PARAMS = parse(read('infra/main.bicep')).statements.filter(
  (one): one is ParamSyntax => one.kind === 'param',
);
const GIVEN = z
  .object({ parameters: z.record(z.string(), z.strictObject({ value: z.string() })) })
  .parse(JSON.parse(read('infra/main.parameters.json'))).parameters;
/** `${NAME}` or `${NAME=default}`, as azd reads it. */
const VARIABLE = /^\$\{([A-Z][A-Z0-9_]*)(?:=([^}]*))?\}$/;

describe('the parameters', () => {
  test('are those of main.bicep, each from a variable of its own', () => {
    expect(Object.keys(GIVEN)).toEqual(PARAMS.map(({ name }) => name.text));
    const variables = Object.values(GIVEN).map(({ value }) => VARIABLE.exec(value)?.[1] ?? value);
    expect(variables.filter((name) => !/^(AZURE|GPU_JOBS)_[A-Z0-9_]+$/.test(name))).toEqual([]);
    expect(new Set(variables).size).toBe(variables.length);
  });

  test('that azd always knows alone have no default in main.bicep', () => {
    const required = PARAMS.filter(({ value }) => value === undefined).map(
      ({ name }) => GIVEN[name.text]?.value,
    );
    expect(required).toEqual(['${AZURE_ENV_NAME}', '${AZURE_LOCATION}']);
  });

  test.each(
    PARAMS.filter(({ value }) => value !== undefined).map((param) => [param.name.text, param] as const),
  )('%s has one default, whoever is asked', (name, { value }) => {
    const [, , here] = VARIABLE.exec(GIVEN[name]?.value ?? '') ?? [];
    if (here === undefined || value === undefined) return;
    expect(here).toBe(inText(evaluate(value, NO_NAMES)));
  });

  test('are all told in infra/README.md', () => {
    const told = read('infra/README.md');
    const own = Object.values(GIVEN).flatMap(({ value }) => VARIABLE.exec(value)?.[1] ?? []);
    const silent = own.filter((name) => name.startsWith('GPU_JOBS_') && !told.includes(`\`${name}\``));
    expect(silent).toEqual([]);
  });
});

const NO_NAMES = {
  lookUp: (name: string): never => {
    throw new Error(`a default asks for "${name}"`);
  },
  called: () => undefined,
};

test('GPU regions are those of the fact', () => {
  const fact = /By April 2026 a T4 in: ([^.]+)\./.exec(read('docs/facts/container-apps.md'))?.[1] ?? '';
  const allowed = PARAMS.find(({ name }) => name.text === 'gpuRegion')?.decorators.find(
    ({ name }) => name.text === 'allowed',
  )?.args[0];
  const regions = allowed === undefined ? [] : asList(evaluate(allowed, NO_NAMES));
  expect(regions.filter((region) => region !== 'none')).toEqual(fact.split(/,\s+/));
});

test('containers and queues of the storage account have the names that the code asks for', () => {
  const bicep = read('infra/app/storage.bicep');
  const code = globSync(['storage/**/*.ts', 'app/services.ts'], { cwd: ROOT }).map(read).join('\n');
  const listed = (variable: string): string[] => {
    const [, list = ''] = new RegExp(String.raw`var ${variable} = \[\n([^\]]*)\]`).exec(bicep) ?? [];
    return [...list.matchAll(/'(.+)'/g)].map(([, name = '']) => name).toSorted();
  };
  const named = (kind: string): string[] =>
    [...code.matchAll(new RegExp(String.raw`const [A-Z]+_${kind} = '(.+)';`, 'g'))]
      .map(([, name = '']) => name)
      .toSorted();
  expect(listed('containers')).toEqual([...named('CONTAINER')].toSorted());
  expect(listed('queues')).toEqual(named('QUEUE'));
});

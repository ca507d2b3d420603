import { entryPoint, packagesRequiredBy } from '../../packaging/entry-point';

const NOTHING_ELSE = { bytes: 1 };

test('the packages that the app requires itself are found, each once, and no other', () => {
  const called = (original: string, path: string) => ({ kind: 'require-call' as const, original, path });
  const found = packagesRequiredBy({
    outputs: {},
    inputs: {
      'storage/sdk.ts': {
        ...NOTHING_ELSE,
        imports: [
          called('zod', 'node_modules/zod/index.js'),
          called('yaml', 'node_modules/yaml/index.js'),
          { kind: 'import-statement', original: 'fflate', path: 'node_modules/fflate/index.js' },
          { kind: 'require-call', path: 'node:fs', external: true },
        ],
      },
      'app/sdk.ts': { ...NOTHING_ELSE, imports: [called('yaml', 'node_modules/yaml/index.js')] },
      'node_modules/yaml/index.js': {
        ...NOTHING_ELSE,
        imports: [called('deeper', 'node_modules/deeper/index.js')],
      },
    },
  });
  expect(found).toEqual(['yaml', 'zod']);
});

test('the bundle begins with the app and exports what loads them', () => {
  expect(entryPoint('start();', ['yaml', 'zod'])).toBe(
    'start();\nexport function loadPackages() {\n  require("yaml");\n  require("zod");\n}\n',
  );
});

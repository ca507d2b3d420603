// From a text to a spec: which format it counts as, and where problems of the drafted spec are reported.
import { notesOf, parse, problemsOf, specOf } from './support/parse';

const GROUP = {
  name: 'g',
  properties: {
    containers: [
      {
        name: 'c',
        properties: { image: 'i', resources: { requests: { cpu: 1, memoryInGB: 1.5 } } },
      },
    ],
    osType: 'Linux',
    restartPolicy: 'Never',
  },
};

describe('which format a document is', () => {
  test.each([
    ['native', { image: 'i' }],
    ['aci-yaml', GROUP],
    [
      'arm-template',
      { $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#' },
    ],
    ['arm-template', { template: { resources: [] }, parameters: {} }],
    ['arm-template', { properties: { template: { resources: [] }, mode: 'Incremental' } }],
    ['kubernetes', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec: {} }],
  ])('%s', (format, document) => {
    expect(parse(document).format).toBe(format);
  });

  test('the one that is named, whatever it looks like', () => {
    expect(problemsOf(GROUP, { format: 'native' })).toContainEqual('/properties is not a known field');
  });

  test('none is a list or a word', () => {
    expect(problemsOf('just words')[0]).toMatch(/no known format; it must be a mapping/);
    expect(problemsOf('[1]')[0]).toMatch(/native.*aci-yaml|aci-yaml.*native/);
  });
});

describe('a native spec', () => {
  test('is taken as JSON and as YAML alike', () => {
    const yaml = 'image: i\ncommand: [a, b]\nenv:\n  A: x\n  S: {secure: y}\ngpu:\n  count: 2\n';
    const spec = { image: 'i', command: ['a', 'b'], env: { A: 'x', S: { secure: 'y' } }, gpu: { count: 2 } };
    expect(specOf(yaml)).toEqual(spec);
    expect(specOf(spec)).toEqual(spec);
    expect(notesOf(yaml)).toEqual([]);
  });

  test('has its problems told by line, column and pointer', () => {
    const parsed = parse('image: i\ngpu:\n  count: 0\nfoo: 1\n');
    expect(parsed.ok ? [] : parsed.problems).toEqual([
      { where: { line: 3, column: 3, pointer: '/gpu/count' }, message: 'must be a positive whole number' },
      { where: { line: 4, column: 1, pointer: '/foo' }, message: 'is not a known field' },
    ]);
  });

  test('may name a variable as objects name their members', () => {
    expect(specOf('{"image":"i","env":{"constructor":"x","toString":"y"}}')).toEqual({
      image: 'i',
      env: { constructor: 'x', toString: 'y' },
    });
  });

  test('stands alone in its file', () => {
    expect(problemsOf('image: a\n---\nimage: b')).toEqual([expect.stringMatching(/^ is a further document/)]);
  });

  test('gets a note that a location beside it chooses nothing', () => {
    expect(notesOf({ image: 'i' }, { location: 'eastus' })).toEqual([
      expect.stringMatching(/^ignored {2}The location "eastus" chooses nothing/),
    ]);
  });

  test('gets a note that a restart policy beside it chooses nothing', () => {
    expect(notesOf({ image: 'i' }, { restartPolicy: 'Never' })).toEqual([
      expect.stringMatching(/^ignored {2}The restart policy Never chooses nothing/),
    ]);
  });

  test('is checked with what counts instead of it; what that got wrong has no place in the document', () => {
    const document = 'image: i\ngpu:\n  count: 0\nfoo: 1\n';
    expect(specOf('image: i\ngpu:\n  count: 0\n', { overrides: { gpu: { count: 2 } } })).toEqual({
      image: 'i',
      gpu: { count: 2 },
    });
    const parsed = parse(document, { overrides: { gpu: { count: -1 } } });
    expect(parsed.ok ? [] : parsed.problems).toEqual([
      { where: { line: 4, column: 1, pointer: '/foo' }, message: 'is not a known field' },
      { where: { pointer: '/gpu/count' }, message: 'must be a positive whole number' },
    ]);
  });

  test('is held to the least provisioning deadline', () => {
    expect(problemsOf({ image: 'i', deadlines: { provisioning: 10 } })[0]).toMatch(
      /^\/deadlines\/provisioning is 10, must be at least 600/,
    );
  });
});

describe('a spec that was drafted from another format', () => {
  test('has its problems reported where the document says it', () => {
    const text = JSON.stringify(GROUP).replace('"image":"i"', '"image":"two words"');
    expect(problemsOf(text)).toEqual([
      '/properties/containers/0/properties/image must be an image reference without spaces, such as registry/repository:tag (/image of the spec)',
    ]);
  });

  test('can have its parts found in the document later on', () => {
    const parsed = parse(GROUP);
    const where = parsed.ok ? parsed.whereOf('/resources/cpu') : undefined;
    expect(where?.pointer).toBe('/properties/containers/0/properties/resources/requests/cpu');
  });
});

// Options and requests that change a spec: what is merged, what is replaced, and what is reported of it.
import { withOverrides } from '../../../domain/spec/spec-overrides';

const SPEC = {
  image: 'i',
  name: 'a',
  env: { LR: '0.1', KEEP: 'k', TOKEN: { secure: 'hunter2' } },
  labels: { a: 'x', keep: 'y' },
  gpu: { count: 2, sku: 'K80' },
  placements: ['p', 'q'],
  retry: { attempts: 5, exitCodes: [75] },
};

test('variables and labels are merged by name, everything else of the spec stays', () => {
  const { spec } = withOverrides(SPEC, { env: { LR: '0.9', NEW: 'n' }, labels: { a: 'b' } });
  expect(spec).toEqual({
    ...SPEC,
    env: { ...SPEC.env, LR: '0.9', NEW: 'n' },
    labels: { a: 'b', keep: 'y' },
  });
});

test('lists are replaced, not added to', () => {
  const { spec } = withOverrides(SPEC, { placements: ['r'], retry: { exitCodes: [1, 2] } });
  expect(spec).toMatchObject({ placements: ['r'], retry: { attempts: 5, exitCodes: [1, 2] } });
});

test('null takes a field away, and reports nothing for a field that was not there', () => {
  const { spec, changed } = withOverrides(SPEC, { gpu: null, concurrencyKey: null });
  expect(spec).not.toHaveProperty('gpu');
  expect(changed).toEqual([{ pointer: '/gpu', from: { count: 2, sku: 'K80' } }]);
});

test('a change is reported with the old and the new value; an equal value is not reported', () => {
  const { changed } = withOverrides(SPEC, { name: 'n', env: { KEEP: 'k', 'A/B': 'x' }, gpu: { count: 2 } });
  expect(changed).toEqual([
    { pointer: '/name', from: 'a', to: 'n' },
    { pointer: '/env/A~1B', to: 'x' },
  ]);
});

test('a reference that replaces a secret leaves nothing of it, in the spec and in the report', () => {
  const { spec, changed } = withOverrides(SPEC, {
    env: { TOKEN: { secretRef: 'token' }, P: { secure: 's3cret' } },
  });
  expect(spec).toMatchObject({ env: { TOKEN: { secretRef: 'token' } } });
  expect(JSON.stringify(spec)).not.toContain('hunter2');
  expect(JSON.stringify(changed)).not.toMatch(/hunter2|s3cret/);
  expect(changed).toEqual([
    { pointer: '/env/TOKEN', from: { withheld: true }, to: { secretRef: 'token' } },
    { pointer: '/env/P', to: { withheld: true } },
  ]);
});

test('a part of what the spec does not have goes out from the default of the whole', () => {
  const { spec, changed } = withOverrides({ image: 'i' }, { resources: { cpu: 4 }, gpu: { sku: 'V100' } });
  expect(spec).toEqual({ image: 'i', resources: { cpu: 4, memoryGb: 1.5 }, gpu: { sku: 'V100', count: 1 } });
  expect(changed).toEqual([
    { pointer: '/resources', to: { cpu: 4, memoryGb: 1.5 } },
    { pointer: '/gpu', to: { count: 1, sku: 'V100' } },
  ]);
});

test('a value that should be a mapping and is not is kept, so that the parser reports it', () => {
  expect(withOverrides({ env: ['LR=1'] }, { env: { LR: '2' } })).toEqual({
    spec: { env: ['LR=1'] },
    changed: [],
  });
  expect(withOverrides('text', { name: 'n' })).toEqual({ spec: 'text', changed: [] });
});

test('a field named __proto__ is a field like any other', () => {
  const overrides: unknown = JSON.parse('{"env":{"__proto__":"x"},"__proto__":{"name":"y"}}');
  const { spec } = withOverrides({ image: 'i' }, overrides as Record<string, unknown>);
  expect(Object.keys(spec as object)).toEqual(['image', 'env', '__proto__']);
  expect(({} as Record<string, unknown>)['name']).toBeUndefined();
});

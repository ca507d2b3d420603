import { arrayProblems, memberSpec } from '../../../domain/group/member-spec';
import type { JobSpec } from '../../../domain/spec/job-spec';

const SPEC: JobSpec = {
  image: 'example/train:1',
  args: ['--lr', '{{lr}}', '--out', 'run-{{ index }}.json', '{{ .Values.x }}'],
  env: { OUT: '/data/{{index}}', KEY: { secure: '{{lr}}' } },
  name: 'train {{lr}}',
  labels: { lr: '{{lr}}' },
  idempotencyKey: 'key',
  array: { matrix: { lr: ['0.1', '0.01'] }, atOnce: 1 },
};
const GROUP = { id: 'g0000000000000000001', size: 2 };
const MEMBER = { index: 1, parameters: { lr: '0.01' } };

describe('the spec of a member', () => {
  test('tells its place by variables and by placeholders, and has neither array nor key', () => {
    expect(memberSpec(SPEC, GROUP, MEMBER)).toEqual({
      image: 'example/train:1',
      args: ['--lr', '0.01', '--out', 'run-1.json', '{{ .Values.x }}'],
      env: {
        OUT: '/data/1',
        KEY: { secure: '{{lr}}' },
        lr: '0.01',
        GPU_JOBS_GROUP: GROUP.id,
        GPU_JOBS_ARRAY_INDEX: '1',
        GPU_JOBS_ARRAY_SIZE: '2',
      },
      name: 'train 0.01',
      labels: { lr: '0.01' },
    });
  });

  test('a value is no placeholder itself', () => {
    const spec: JobSpec = { image: 'i', args: ['{{a}}'], array: { matrix: { a: ['{{b}}'], b: ['x'] } } };
    expect(memberSpec(spec, GROUP, { index: 0, parameters: { a: '{{b}}', b: 'x' } }).args).toEqual(['{{b}}']);
  });
});

describe('an array is refused', () => {
  test('not where its members can be made', () => {
    expect(arrayProblems(SPEC)).toEqual([]);
  });

  test.each([
    [
      { args: ['{{lrr}}'] },
      '/args/0',
      'has {{lrr}}, which no member has a value for; known are {{index}}, {{lr}}',
    ],
    [{ env: { lr: '1' }, args: [], labels: {} }, '/env/lr', 'is given to each member by the array'],
    [{ env: { GPU_JOBS_GROUP: '1' } }, '/env/GPU_JOBS_GROUP', 'is given to each member by the array'],
    [
      { name: 'x'.repeat(126) + '{{lr}}' },
      '/name',
      'has 129, must have at most 128 characters (in the member with index 0)',
    ],
    [
      { env: Object.fromEntries(Array.from({ length: 97 }, (_, n) => [`V${n}`, ''])) },
      '/env',
      'must have at most 100 variables (in the member with index 0)',
    ],
  ])('%j', (change, pointer, message) => {
    const [problem] = arrayProblems({ ...SPEC, ...change });
    expect(problem?.pointer).toBe(pointer);
    expect(problem?.message).toContain(message);
  });

  test('where its members together are too large to be stored in one request', () => {
    const spec = { ...SPEC, args: ['x'.repeat(100_000)], array: { indexes: '0-999' }, name: 'n', labels: {} };
    expect(arrayProblems(spec)[0]?.message).toContain('bytes together');
  });
});

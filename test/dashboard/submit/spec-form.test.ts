import { EMPTY_FORM, fieldsOf, type FormFields, specOf } from '../../../dashboard/submit/spec-form';
import { jobSpecSchema } from '../../../domain/spec/job-spec';
import { shownSpec } from '../../../domain/spec/shown-spec';

function made(fields: Partial<FormFields>): unknown {
  const result = specOf({ ...EMPTY_FORM, ...fields });
  return result.ok ? result.spec : result.why;
}

test('an image alone is a spec', () => {
  expect(made({ image: ' python:3.13 ' })).toEqual({ image: 'python:3.13' });
});

test('each field becomes its member of the spec', () => {
  const spec = made({
    name: 'train',
    image: 'i',
    command: "python train.py 'a b'",
    args: '--fast',
    gpuSku: 'T4',
    cpu: '4',
    memoryGb: '14.5',
    env: 'A=1\nB=x=y\n\n',
    references: 'TOKEN=the-token',
    labels: 'team=vision',
    placements: 'b, a',
    outputs: '/outputs',
    runningMinutes: '90',
    rest: '{"retry": {"attempts": 1}, "deadlines": {"queued": 60}}',
    secrets: { KEY: 'typed' },
  });
  expect(jobSpecSchema.parse(spec)).toEqual({
    name: 'train',
    image: 'i',
    command: ['python', 'train.py', 'a b'],
    args: ['--fast'],
    gpu: { count: 1, sku: 'T4' },
    resources: { cpu: 4, memoryGb: 14.5 },
    env: { A: '1', B: 'x=y', TOKEN: { secretRef: 'the-token' }, KEY: { secure: 'typed' } },
    labels: { team: 'vision' },
    placements: ['b', 'a'],
    outputs: { path: '/outputs' },
    deadlines: { queued: 60, running: 5400 },
    retry: { attempts: 1 },
  });
});

test.each([
  [{ command: "it's" }, 'A quote in the command is not closed.'],
  [{ args: '"' }, 'A quote in the arguments is not closed.'],
  [{ rest: '[1]' }, expect.stringContaining('no mapping in JSON')],
  [{ rest: '{' }, expect.stringContaining('no mapping in JSON')],
])('%j makes none, and says why', (fields, why) => {
  expect(made({ image: 'i', ...fields })).toEqual(why);
});

test('what is no number goes to the API as it is, which refuses it by name', () => {
  expect(made({ image: 'i', gpuCount: 'two', runningMinutes: 'x' })).toEqual({
    image: 'i',
    gpu: { count: 'two' },
    deadlines: { running: 'x' },
  });
});

test('a spec goes into the fields and comes out as it was, and what has no field stays', () => {
  const spec = {
    name: 'train',
    image: 'i',
    command: ['sh', '-c', 'echo "$A"\nexit 3'],
    gpu: { count: 2, sku: 'A100' },
    resources: { cpu: 4, memoryGb: 14.5 },
    env: { A: '1', LINES: 'two\nlines', TOKEN: { secretRef: 'the-token' } },
    labels: { team: 'vision=1' },
    placements: ['a'],
    volumes: [{ name: 'data', path: '/data', readOnly: true }],
    outputs: { path: '/outputs' },
    deadlines: { running: 90, queued: 60 },
    retry: { attempts: 3, rerunAfterStart: true },
    array: { matrix: { lr: ['0.1'] } },
  };
  expect(specOf(fieldsOf(spec))).toEqual({ ok: true, spec });
});

test('a literal secret, which nobody is shown, is asked for again', () => {
  const fields = fieldsOf(shownSpec({ image: 'i', env: { KEY: { secure: 'hidden' }, A: '1' } }));
  expect(fields.secrets).toEqual({ KEY: '' });
  expect(JSON.stringify(fields)).not.toContain('hidden');
});

import { deadlinesOf, type JobSpec, parseJobSpec, retryPolicyOf } from '../../../domain/spec/job-spec';

const PROVISIONING_AT_LEAST_S = 600;

function parse(input: unknown): ReturnType<typeof parseJobSpec> {
  return parseJobSpec(input, PROVISIONING_AT_LEAST_S);
}

/** The pointers of a refused spec. Throws for one that is accepted. */
function pointers(input: unknown): string[] {
  const parsed = parse(input);
  if (parsed.ok) throw new Error(`taken: ${JSON.stringify(parsed.spec)}`);
  return parsed.problems.map(({ pointer }) => pointer);
}

const WHOLE: JobSpec = {
  image: 'registry.example/team/program:1',
  command: ['python', 'train.py'],
  args: ['--max_steps', '500'],
  env: { LEVEL: 'debug', TOKEN: { secretRef: 'api-token' }, PASSWORD: { secure: 'open sesame' } },
  resources: { cpu: 2, memoryGb: 8 },
  gpu: { count: 2, sku: 'V100' },
  registry: { server: 'registry.example', username: 'me', passwordRef: 'registry-password' },
  deadlines: { queued: 60, provisioning: 600, pulling: 60, running: 60, archiving: 60 },
  retry: { attempts: 2, rerunAfterStart: true, exitCodes: [75] },
  placements: ['eastus', 'westus2'],
  concurrencyKey: 'nightly',
  labels: { team: 'vision' },
  idempotencyKey: 'run 7',
  name: 'training',
};

describe('a job spec', () => {
  test('may be an image alone', () => {
    expect(parse({ image: 'a:1' })).toEqual({ ok: true, spec: { image: 'a:1' } });
  });

  test('is taken with every field, without defaults', () => {
    expect(parse(WHOLE)).toEqual({ ok: true, spec: WHOLE });
  });

  const tooLong = 'x'.repeat(131_072);
  const many = (count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`V${n}`, '']));
  test.each<[string, unknown, string[]]>([
    ['nothing', undefined, ['']],
    ['null', null, ['']],
    ['a text', 'cuda', ['']],
    ['a list', [], ['']],
    ['no image', {}, ['/image']],
    ['an empty image', { image: '' }, ['/image', '/image']],
    ['an image with a space', { image: 'a b' }, ['/image']],
    ['an unknown field', { image: 'a', gpus: 1 }, ['/gpus']],
    ['an unknown field further in', { image: 'a', gpu: { count: 1, kind: 'V100' } }, ['/gpu/kind']],
    ['a field named with slash and tilde', { image: 'a', 'x/~y': 1 }, ['/x~1~0y']],
    ['a command that is a text', { image: 'a', command: 'run' }, ['/command']],
    ['an empty command', { image: 'a', command: [] }, ['/command']],
    ['an argument that is no text', { image: 'a', args: ['a', 1] }, ['/args/1']],
    ['an argument that is too long', { image: 'a', args: [tooLong] }, ['/args/0']],
    ['a variable that is a number', { image: 'a', env: { A: 1 } }, ['/env/A']],
    [
      'a variable with both kinds of secret',
      { image: 'a', env: { A: { secure: 'x', secretRef: 'y' } } },
      ['/env/A'],
    ],
    [
      'a variable whose secret has a bad name',
      { image: 'a', env: { A: { secretRef: 'a/b' } } },
      ['/env/A/secretRef'],
    ],
    ['a variable with a bad name', { image: 'a', env: { '1A': 'x' } }, ['/env/1A']],
    ['a variable whose name ends in _', { image: 'a', env: { A_: 'x' } }, ['/env/A_']],
    ['101 variables', { image: 'a', env: many(101) }, ['/env']],
    ['resources in part', { image: 'a', resources: { cpu: 1 } }, ['/resources/memoryGb']],
    ['no CPU at all', { image: 'a', resources: { cpu: 0, memoryGb: 1 } }, ['/resources/cpu']],
    ['no GPU at all', { image: 'a', gpu: { count: 0 } }, ['/gpu/count']],
    ['half a GPU', { image: 'a', gpu: { count: 0.5 } }, ['/gpu/count']],
    ['a GPU without count', { image: 'a', gpu: { sku: 'V100' } }, ['/gpu/count']],
    ['a registry without server', { image: 'a', registry: {} }, ['/registry/server']],
    [
      'a literal registry password',
      { image: 'a', registry: { server: 's', password: 'p' } },
      ['/registry/password'],
    ],
    ['a deadline of no seconds', { image: 'a', deadlines: { running: 0 } }, ['/deadlines/running']],
    ['a deadline in fractions', { image: 'a', deadlines: { pulling: 1.5 } }, ['/deadlines/pulling']],
    [
      'running for more than seven days',
      { image: 'a', deadlines: { running: 604_801 } },
      ['/deadlines/running'],
    ],
    [
      'provisioning below ten minutes',
      { image: 'a', deadlines: { provisioning: 599 } },
      ['/deadlines/provisioning'],
    ],
    ['an unknown deadline', { image: 'a', deadlines: { waiting: 60 } }, ['/deadlines/waiting']],
    ['no attempt', { image: 'a', retry: { attempts: 0 } }, ['/retry/attempts']],
    ['21 attempts', { image: 'a', retry: { attempts: 21 } }, ['/retry/attempts']],
    ['a retry for success', { image: 'a', retry: { exitCodes: [0] } }, ['/retry/exitCodes/0']],
    [
      'a retry for an exit code that is none',
      { image: 'a', retry: { exitCodes: [1, 256] } },
      ['/retry/exitCodes/1'],
    ],
    ['no placements', { image: 'a', placements: [] }, ['/placements']],
    ['a label that is no text', { image: 'a', labels: { n: 1 } }, ['/labels/n']],
    ['33 labels', { image: 'a', labels: many(33) }, ['/labels']],
    ['an empty idempotency key', { image: 'a', idempotencyKey: '' }, ['/idempotencyKey']],
    ['an empty name', { image: 'a', name: '' }, ['/name']],
    ['an empty concurrency key', { image: 'a', concurrencyKey: '' }, ['/concurrencyKey']],
    [
      'several faults',
      { gpu: { count: -1 }, args: 'x', more: 1 },
      ['/image', '/args', '/gpu/count', '/more'],
    ],
  ])('with %s is refused, with a pointer to each fault', (_what, input, expected) => {
    expect(pointers(input).toSorted()).toEqual(expected.toSorted());
  });

  test('is refused in words that say what is allowed', () => {
    const parsed = parse({ image: 'a', deadlines: { provisioning: 30 } });
    expect(parsed.ok ? [] : parsed.problems.map(({ message }) => message)).toEqual([
      'is 30, must be at least 600 seconds: a create of unknown fate may take effect until then',
    ]);
  });

  test('that uses the earlier name of a member is told the present one', () => {
    expect(parse({ image: 'a', aks: { nodeSelector: { zone: '1' } } })).toEqual({
      ok: false,
      problems: [
        { pointer: '/aks', message: 'has the name kubernetes now: write "kubernetes" in its place' },
      ],
    });
  });

  test('never shows a value that may be a secret', () => {
    expect(
      JSON.stringify(parse({ image: 'a', env: { A_: { secure: 'hidden' }, B: { secure: ['hidden'] } } })),
    ).not.toContain('hidden');
  });
});

describe('what a spec leaves open', () => {
  test('gets the defaults of the documentation', () => {
    const spec: JobSpec = { image: 'a' };
    expect(deadlinesOf(spec)).toEqual({
      queued: 86_400,
      provisioning: 1_200,
      pulling: 1_800,
      running: 86_400,
      archiving: 300,
    });
    expect(retryPolicyOf(spec)).toEqual({ attempts: 3, rerunAfterStart: false, exitCodes: [] });
  });

  test('is filled in field by field', () => {
    expect(deadlinesOf({ image: 'a', deadlines: { running: 7 } })).toMatchObject({
      running: 7,
      pulling: 1_800,
    });
    expect(retryPolicyOf({ image: 'a', retry: { exitCodes: [3] } })).toEqual({
      attempts: 3,
      rerunAfterStart: false,
      exitCodes: [3],
    });
  });
});

describe('the texts of a program', () => {
  const LONGEST = 131_071; // What Linux starts a program with, without the NUL at its end.
  const messages = (input: unknown): string[] => {
    const parsed = parse(input);
    return parsed.ok ? [] : parsed.problems.map(({ pointer, message }) => `${pointer} ${message}`);
  };

  test('may be scripts, as long as Linux takes them', () => {
    const script = 'echo training\n'.repeat(500);
    expect(parse({ image: 'a', command: ['sh', '-c', script], env: { S: script } })).toMatchObject({
      ok: true,
    });
    expect(messages({ image: 'a', command: ['x'.repeat(LONGEST)] })).toEqual([]);
  });

  test('are measured in bytes, and too long ones told with their length and the limit', () => {
    const wide = 'é'.repeat(LONGEST / 2 + 1); // Half as many characters, two bytes each.
    for (const text of ['x'.repeat(LONGEST + 1), wide])
      expect(messages({ image: 'a', command: ['run', text] })).toEqual([
        expect.stringMatching(/^\/command\/1 has 13\d{4} bytes, at most 131071 are taken/),
      ]);
  });

  test.each([
    ['a value', 'x'.repeat(LONGEST)],
    ['a secret', { secure: 'x'.repeat(LONGEST) }],
  ])(
    '%s of a variable leaves room for its name, and is refused for its length, not for its shape',
    (_, value) => {
      expect(messages({ image: 'a', env: { A: value } })).toEqual([
        expect.stringMatching(/^\/env\/A has 131071 bytes, at most 131007 are taken/),
      ]);
    },
  );

  test('hold no NUL, where the program would see them end', () => {
    expect(messages({ image: 'a', command: ['a\0b'], env: { A: 'c\0' } })).toEqual([
      expect.stringMatching(/^\/command\/0 must not hold the character NUL/),
      expect.stringMatching(/^\/env\/A must not hold the character NUL/),
    ]);
  });

  test('hold no half of a surrogate pair, which storage would replace by another character', () => {
    expect(messages({ image: 'a', command: ['a\ud83d'], env: { A: { secure: '\ude00' }, B: '😀' } })).toEqual(
      [
        expect.stringMatching(/^\/command\/0 must not hold half of a surrogate pair/),
        expect.stringMatching(/^\/env\/A\/secure must not hold half of a surrogate pair/),
      ],
    );
  });

  test('are in all no more than a document', () => {
    expect(
      messages({ image: 'a', command: ['x', 'y', 'z'].map((letter) => letter.repeat(100_000)) }),
    ).toEqual([expect.stringMatching(/^ has 3000\d\d bytes as JSON, at most 262144/)]);
  });
});

// The runner's own admission lifts what Kueue would lift. What others must lift is refused.
import { jobWith, notesOf, problemsOf, taken } from './support';

const QUEUED = { metadata: { labels: { 'kueue.x-k8s.io/queue-name': 'user-queue' } } };

describe('a suspended Job', () => {
  test('with a queue of Kueue runs when the runner admits it', () => {
    expect(notesOf(jobWith({ ...QUEUED, job: { suspend: true } }))).toEqual(['translated suspend']);
  });

  test('without one is refused, because nothing would resume it', () => {
    expect(problemsOf(jobWith({ job: { suspend: true } }))).toEqual([
      expect.stringMatching(/^\/spec\/suspend: is refused: .*nobody resumes it here; leave it out/),
    ]);
  });

  test('that is not suspended says nothing', () => {
    expect(taken(jobWith({ job: { suspend: false } })).notes).toEqual([]);
  });
});

describe('a Pod with gates', () => {
  test('of Kueue runs when the runner admits it, and with others is refused at each', () => {
    const gates = [{ name: 'kueue.x-k8s.io/admission' }, { name: 'example.com/wait' }];
    expect(notesOf(jobWith({ pod: { schedulingGates: gates.slice(0, 1) } }))).toEqual(['translated 0']);
    expect(problemsOf(jobWith({ pod: { schedulingGates: gates } }))).toEqual([
      expect.stringMatching(/schedulingGates\/1: is refused: .*nobody lifts its gates/),
    ]);
  });
});

test('a Pod of a group that must start together is refused, one of a group of itself is not', () => {
  const pod = (count: string): string =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        labels: { 'kueue.x-k8s.io/queue-name': 'q', 'kueue.x-k8s.io/pod-group-name': 'g' },
        annotations: { 'kueue.x-k8s.io/pod-group-total-count': count },
      },
      spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a:1' }] },
    });
  expect(taken(pod('1')).spec.image).toBe('a:1');
  expect(problemsOf(pod('4'))).toEqual([
    expect.stringMatching(/pod-group-total-count: is refused: a job is one container/),
  ]);
});

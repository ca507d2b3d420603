import { narrowed, partsOf } from '../../../dashboard/list/matching/parts';

const BEFORE = '2026-01-02T00:00:00.001Z';

describe('canceling all jobs that match', () => {
  test('is one request with the filters of the list, for jobs that are not over and were there before', () => {
    const filter = {
      labels: '{"team":"vision"}',
      name: 'train',
      placement: 'east,west',
      schedule: 'nightly',
    };
    expect(
      partsOf({ ...filter, state: 'Failed,running', since: '2026-01-01T00:00:00Z' }, 'cancel', BEFORE),
    ).toEqual([
      {
        kind: 'cancel',
        which: {
          labels: { team: 'vision' },
          states: ['Running'],
          name: 'train',
          schedule: 'nightly',
          placements: ['east', 'west'],
          since: '2026-01-01T00:00:00Z',
          until: BEFORE,
        },
      },
    ]);
  });

  test('without a filter names the states, never "all": what comes later is left alone', () => {
    expect(partsOf({}, 'cancel', BEFORE)).toEqual([
      {
        kind: 'cancel',
        which: { states: ['Queued', 'Provisioning', 'Pulling', 'Running', 'Archiving'], until: BEFORE },
      },
    ]);
  });

  test.each([
    ['the beginning of an id', { idPrefix: 'j123' }],
    ['labels that are no object of texts', { labels: '{"run":7}' }],
    ['labels that are a list', { labels: '["run"]' }],
    ['labels that are no JSON', { labels: 'run' }],
  ])('walks the list for %s, which the request has no member for', (_, filter) => {
    const state = 'Queued,Provisioning,Pulling,Running,Archiving';
    expect(partsOf(filter, 'cancel', BEFORE)).toEqual([
      { kind: 'walk', filter: { ...filter, state, until: BEFORE } },
    ]);
  });

  test('asks nothing where the filter has only jobs that are over', () => {
    expect(partsOf({ state: 'Failed' }, 'cancel', BEFORE)).toEqual([]);
    expect(narrowed({ state: 'Failed' }, 'cancel')).toBeUndefined();
  });
});

describe('submitting all jobs again that match', () => {
  test('is one request after the other for each state, and a walk for those that succeeded', () => {
    const filter = { labels: '{"team":"vision"}' };
    expect(partsOf({ ...filter, state: 'TimedOut,Succeeded,Running' }, 'again', BEFORE)).toEqual([
      { kind: 'resubmit', which: { state: 'TimedOut', label: { team: 'vision' }, until: BEFORE } },
      { kind: 'walk', filter: { ...filter, state: 'Succeeded', until: BEFORE } },
    ]);
  });

  test.each([
    ['a name', { name: 'train' }],
    ['a schedule', { schedule: 'nightly' }],
    ['a placement', { placement: 'east' }],
    ['the beginning of an id', { idPrefix: 'j123' }],
  ])('walks the list for %s, which the request has no member for', (_, filter) => {
    expect(partsOf({ ...filter, state: 'Failed' }, 'again', BEFORE)).toEqual([
      { kind: 'walk', filter: { ...filter, state: 'Failed', until: BEFORE } },
    ]);
  });

  test('asks nothing where the filter has only jobs that are not over', () => {
    expect(partsOf({ state: 'Running' }, 'again', BEFORE)).toEqual([]);
    expect(narrowed({ state: 'Running' }, 'again')).toBeUndefined();
  });
});

test("the filter's own end counts where it is the earlier one, whatever its zone", () => {
  const untilOf = (until: string): unknown => partsOf({ state: 'Failed', until }, 'again', BEFORE)[0];
  expect(untilOf('2026-01-02T01:00:00+02:00')).toMatchObject({
    which: { until: '2026-01-02T01:00:00+02:00' },
  });
  expect(untilOf('2026-01-02T03:00:00+02:00')).toMatchObject({ which: { until: BEFORE } });
});

test('what is counted is what the action is for', () => {
  expect(narrowed({ name: 'train' }, 'cancel')).toEqual({
    name: 'train',
    state: 'Queued,Provisioning,Pulling,Running,Archiving',
  });
  expect(narrowed({ state: 'Failed,Running' }, 'again')).toEqual({ state: 'Failed' });
});

// The rules of one step that concern its end: completion, failure, continueAsNew, suspension, refusals.
import { orchestratorFailure, success } from '../story';
import {
  activity,
  again,
  all,
  any,
  began,
  begin,
  brief,
  completed,
  done,
  INSTANCE,
  raised,
  resumed,
  run,
  scheduled,
  state,
  sub,
  suspended,
  terminated,
  timer,
  timerCreated,
  timerFired,
  wait,
} from './step-parts';

describe('the end', () => {
  it('comes only when no task is open', () => {
    const list = [any(activity(), timer(9))];
    const past = [...begin, scheduled(0), timerCreated(1)];
    expect(brief(run(done(list, 7), past, [began(1), completed(0)]))).toEqual([]);
    expect(brief(run(done(list, 7), past, [began(1), completed(0), timerFired(1)]))).toEqual([
      '2 Completed 7',
    ]);
  });

  it('is not held up by a wait for an event', () => {
    expect(
      brief(run(done([any(wait('x'), activity())]), [...begin, scheduled(0)], [began(1), completed(0)])),
    ).toEqual(['1 Completed null']);
  });

  it('is a failure with the text of the error, and details for the parent', () => {
    const answer = orchestratorFailure({ isDone: false, actions: [[]], schemaVersion: 2, error: 'broken' });
    const [decision] = run(answer, begin).decisions;
    expect(decision).toMatchObject({
      kind: 'complete',
      status: 'Failed',
      result: "Orchestrator function 'story' failed: broken",
    });
    expect(decision).toHaveProperty('details', expect.stringContaining('Message: broken, StackTrace: '));
  });

  it('never comes for an orchestrator that threw an error without text', () => {
    const answer = orchestratorFailure({ isDone: false, actions: [[]], schemaVersion: 2 });
    expect(brief(run(answer, begin))).toEqual([]);
  });

  it('is a failure when the custom status is too large', () => {
    const [decision] = run(state([], { customStatus: 'x'.repeat(8_702) }), begin).decisions;
    expect(decision).toHaveProperty('result', expect.stringContaining('must not exceed 16 KB'));
    expect(run(state([], { customStatus: 'x'.repeat(8_701) }), begin)).toMatchObject({ decisions: [] });
  });

  it('of a terminate comes at once, and once', () => {
    const past = [...begin, scheduled(0)];
    expect(brief(run(state([activity()]), past, [began(1), terminated]))).toEqual(['1 Terminated enough']);
    expect(brief(run(done([activity()], 5), past, [began(1), terminated, completed(0)]))).toEqual([
      '1 Terminated enough',
    ]);
  });
});

describe('continueAsNew', () => {
  it('carries over the events that come after it', () => {
    const list = [wait('x'), again({ n: 2 })];
    const result = run(done(list), begin, [began(1), raised('x', 1), raised('x', 2), raised('y', 3)]);
    expect(brief(result)).toEqual(['0 again {"n":2} carrying 2']);
    expect(result.decisions[0]).toMatchObject({
      carryOver: [{ Input: '2', IsPlayed: true }, { Input: '3' }],
    });
  });

  it('waits for open tasks, too', () => {
    const list = [any(activity(), timer(9)), again(1)];
    const past = [...begin, scheduled(0), timerCreated(1)];
    expect(brief(run(done(list), past, [began(1), completed(0)]))).toEqual([]);
    expect(brief(run(done(list), past, [began(1), completed(0), timerFired(1)]))).toEqual([
      '2 again 1 carrying 0',
    ]);
  });
});

describe('suspension', () => {
  it('holds back what is asked for until the resume', () => {
    const list = [wait('x'), activity()];
    const past = [...begin, began(1), suspended];
    expect(brief(run(state(list), past, [began(2), raised('x')]))).toEqual([]);
    expect(brief(run(state(list), [...past, began(2), raised('x')], [began(3), resumed]))).toEqual([
      '0 activity work',
    ]);
  });

  it('does not keep a terminate from working', () => {
    expect(brief(run(state([wait('x')]), [...begin, suspended], [began(2), terminated]))).toEqual([
      '0 Terminated enough',
    ]);
  });
});

describe('sub-orchestrations', () => {
  it('without an id are named after their parent’s run', () => {
    expect(brief(run(state([sub()]), begin))).toEqual([`0 sub ${INSTANCE.ExecutionId}:0`]);
  });

  it('under the id of their parent, or of its parent, are never started', () => {
    expect(brief(run(state([any(sub('I'), wait('x'))]), begin))).toEqual([]);
    expect(brief(run(state([sub('p')]), begin))).toEqual([]);
  });
});

describe('names that the app does not have', () => {
  it('are passed over without a trace', () => {
    expect(brief(run(state([activity('nobody')]), begin))).toEqual([]);
    expect(brief(run(state([activity('nobody'), activity()]), begin))).toEqual(['0 activity work']);
  });

  it('are compared without regard to case', () => {
    expect(brief(run(state([activity('WORK')]), [...begin, scheduled(0)], [began(1), completed(0)]))).toEqual(
      [],
    );
  });
});

describe('an orchestrator that is not deterministic', () => {
  const past = [...begin, scheduled(0)];
  it.each([
    ['asks for another activity', [activity('other')], "instead scheduled an activity task named 'other'"],
    ['asks for a timer instead', [timer(5)], 'instead produced a CreateTimerOrchestratorAction'],
    ['asks for nothing', [wait('x')], "hasn't (yet?) scheduled this task"],
  ])('fails when it %s', (_, list, text) => {
    const result = run(state(list), past, [began(1), completed(0)]);
    const end = result.decisions.find((decision) => decision.kind === 'complete');
    expect(end).toMatchObject({ status: 'Failed', result: expect.stringContaining(text) as string });
    expect(end).toHaveProperty('result', expect.stringMatching(/^Non-Deterministic workflow detected: /));
    // What came after the contradiction was not taken in.
    expect(result.played.map(({ IsPlayed }) => IsPlayed)).toEqual([false, false]);
  });
});

describe('what the local host does not offer', () => {
  it.each([
    [7, 'callEntity'],
    [8, 'callHttp'],
    [9, 'signalEntity'],
    [13, 'locks'],
  ])('fails the orchestration, naming it (action type %d)', (actionType, name) => {
    const [decision] = run(state([all(activity(), { actionType })]), begin).decisions.filter(
      ({ kind }) => kind === 'complete',
    );
    // The activity called before is open. The failure waits for it, as every end does.
    expect(decision).toBeUndefined();
    const [end] = run(state([{ actionType }]), begin).decisions;
    expect(end).toMatchObject({ status: 'Failed', result: expect.stringContaining(name) as string });
    expect(end).toHaveProperty('result', expect.stringContaining('The local host does not offer'));
  });

  it('includes older and newer forms of the protocol', () => {
    const [end] = run(success({ isDone: false, actions: [[]], schemaVersion: 0 }), begin).decisions;
    expect(end).toHaveProperty('result', expect.stringContaining('schema versions 1 and 2'));
  });
});

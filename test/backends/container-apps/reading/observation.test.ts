// What the platform shows, with texts from the recordings in shared form; names of cases stand beside them.
import { observationOf } from '../../../../backends/container-apps/reading/observation';
import type { ExecutionView, Sight, SystemRow } from '../../../../backends/container-apps/reading/sight';
import type { Workload } from '../../../../domain/ports/compute-backend';

const OURS = { isOurs: true, provisioningState: 'Succeeded' };
const STARTED = Date.parse('2025-11-04T10:49:03Z');

function sight(execution: Partial<ExecutionView>, rows: readonly SystemRow[] = []): Sight {
  const shown = { name: 'job1-3yh3s6f', status: 'Running', startTime: STARTED, ...execution };
  return { definition: OURS, executions: [shown], rows };
}

function workload(execution: Partial<ExecutionView>, rows: readonly SystemRow[] = []): Workload {
  const seen = observationOf(sight(execution, rows));
  if (seen.kind !== 'present') throw new Error(`Expected a workload, got ${seen.kind}.`);
  return seen.workload;
}

const row = (reason: string, text = ''): SystemRow => ({ reason, text });
const late = (rows: readonly SystemRow[]): SystemRow[] => rows.map((one) => ({ ...one, isLate: true }));
const SCHEDULED = [row('SuccessfulCreate'), row('AssigningReplica')];
const RAN = [...SCHEDULED, row('PullingImage'), row('PulledImage'), row('ContainerStarted')];
const DENIED =
  'Failed to pull image "jobs-examples:latest": rpc error: code = Unknown desc = failed to pull and unpack image "registry.example/library/jobs-examples:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';

describe('what stands under a name', () => {
  test('is nothing without a definition, whatever became of its executions', () => {
    expect(observationOf({ definition: undefined, executions: [], rows: [] })).toEqual({ kind: 'absent' });
  });

  test('is a stranger’s where the definition has other tags', () => {
    const definition = { isOurs: false, provisioningState: 'Succeeded' };
    expect(observationOf({ ...sight({}), definition })).toEqual({ kind: 'foreign' });
  });

  test('is prepared with a definition alone: a definition is no run', () => {
    expect(observationOf({ definition: OURS, executions: [], rows: [] })).toEqual({ kind: 'prepared' });
  });

  test('is a program that was started twice with two executions', () => {
    const { executions, ...others } = sight({});
    const twice = [...executions, { name: 'job1-wqw701y', status: 'Running' }];
    expect(observationOf({ ...others, executions: twice })).toMatchObject({
      workload: { ranMoreThanOnce: true },
    });
  });
});

describe('an execution that is not over', () => {
  test.each(['Running', 'Unknown', 'Degraded', 'Something-New'])(
    'may have started when it says %s and nothing tells of its program',
    (status) => {
      expect(workload({ status })).toEqual({
        phase: 'provisioning',
        started: 'perhaps',
        run: 'job1-3yh3s6f',
        restartCount: 0,
      });
    },
  );

  test('has no machine yet, as far as anybody tells, when it says Processing', () => {
    expect(workload({ status: 'Processing' })).toEqual({
      phase: 'provisioning',
      started: 'perhaps',
      run: 'job1-3yh3s6f',
      restartCount: 0,
    });
    const container = { hasStarted: true, said: 'Running' };
    expect(workload({ status: 'Processing', container })).toMatchObject({ phase: 'running', started: 'yes' });
  });

  test('has ended when its container tells an exit code, whatever it says itself', () => {
    const container = { hasStarted: true, exitCode: 0, said: 'Completed' };
    expect(workload({ container })).toMatchObject({ phase: 'ended', started: 'yes', exitCode: 0 });
    const text = "Container 'program' was terminated with exit code '3' and reason 'ProcessExited'";
    expect(workload({}, [...RAN, row('ContainerTerminated', text)])).toMatchObject({
      phase: 'ended',
      exitCode: 3,
    });
  });

  test('has started by the word of its container', () => {
    const container = { hasStarted: true, startedAt: STARTED + 5_000, said: 'Running' };
    expect(workload({ container })).toEqual({
      phase: 'running',
      started: 'yes',
      run: 'job1-3yh3s6f',
      restartCount: 0,
      startedAt: STARTED + 5_000,
    });
  });

  test('has started by the word of the platform’s log', () => {
    expect(workload({}, RAN)).toMatchObject({ phase: 'running', started: 'yes' });
  });

  test('tells of an image that it may not pull (log-system-image-pull-2023)', () => {
    const rows = [...SCHEDULED, row('PullingImage'), row('', DENIED), row('', 'Error: ErrImagePull')];
    expect(workload({}, rows)).toMatchObject({
      phase: 'pulling',
      started: 'no',
      startTrouble: {
        code: 'image-not-found',
        class: 'user',
        message: expect.stringContaining("authorization failed. Give the job's `registry`") as string,
      },
    });
  });

  test('waits for a machine where the environment has no core left (log-system-cores-exceeded)', () => {
    const text =
      'Maximum Allowed Cores exceeded for the Managed Environment. Please check https://learn.microsoft.com/en-us/azure/container-apps/quotas for resource limits';
    expect(workload({}, [row('', text)])).toMatchObject({
      phase: 'provisioning',
      started: 'no',
      lacking: { code: 'quota', class: 'infrastructure' },
    });
    expect(workload({}, [row('', text), ...SCHEDULED])).not.toHaveProperty('lacking');
  });

  test('has not started while its replica waits for its image, or the live log has no end of the pull', () => {
    const container = { hasStarted: false, isWaiting: true, said: 'Container is waiting' };
    expect(workload({ container })).toMatchObject({ phase: 'pulling', started: 'no' });
    expect(workload({}, [...SCHEDULED, row('PullingImage')])).toMatchObject({ started: 'no' });
  });

  test.each([
    ['its image is there', [...SCHEDULED, row('PullingImage'), row('PulledImage')]],
    ['it has a machine', SCHEDULED],
  ])('may have started when %s and no more is told', (_what, rows) => {
    expect(workload({}, rows)).toMatchObject({ phase: 'pulling', started: 'perhaps' });
  });

  test('may have started for all that rows of the workspace do not tell: they come late, in no order', () => {
    const lack = row('FailedScheduling', '0/4 nodes are available: 4 Preemption is not helpful.');
    expect(workload({}, late([lack]))).toMatchObject({ started: 'perhaps', lacking: { code: 'capacity' } });
    expect(workload({}, late([row('PullingImage')]))).toMatchObject({ started: 'perhaps' });
    const gaveUp = late([...SCHEDULED, row('BackoffLimitExceeded')]);
    expect(workload({ status: 'Failed' }, gaveUp)).toMatchObject({
      started: 'perhaps',
      failure: { code: 'lost', message: expect.stringContaining('No pull') as string },
    });
  });

  test('is not in trouble by a failed pull in rows of the workspace: that it came at last may be told later', () => {
    const failedPull = late([...SCHEDULED, row('PullingImage'), row('', DENIED)]);
    expect(workload({}, failedPull)).not.toHaveProperty('startTrouble');
    const container = { hasStarted: false, isWaiting: true, said: 'Container is waiting' };
    const denied = { started: 'no', startTrouble: { code: 'image-not-found' } };
    expect(workload({ container }, failedPull)).toMatchObject(denied);
  });

  test('may have started beside another one, whatever is told of the first', () => {
    const { executions, ...others } = sight({}, [...SCHEDULED, row('PullingImage')]);
    const twice = [...executions, { name: 'job1-wqw701y', status: 'Running' }];
    expect(observationOf({ ...others, executions: twice })).toMatchObject({
      workload: { started: 'perhaps' },
    });
  });
});

describe('an execution that is over', () => {
  test('ended with 0 by its status alone, and says that nothing else told it', () => {
    expect(workload({ status: 'Succeeded' })).toMatchObject({
      phase: 'ended',
      started: 'yes',
      exitCode: 0,
      exitSource: 'status-alone',
    });
  });

  test('has the exit code of its detailed status', () => {
    const container = { hasStarted: true, exitCode: 7, said: 'ProcessExited' };
    expect(workload({ status: 'Failed', container, reason: 'BackoffLimitExceeded' })).toMatchObject({
      phase: 'ended',
      started: 'yes',
      exitCode: 7,
      exitDetail: 'ProcessExited',
    });
  });

  test('has the exit code of the platform’s log where the status has none (log-system-oom)', () => {
    const text = "Container 'app1' was terminated with exit code '137' and reason 'ProcessExited'";
    expect(workload({ status: 'Failed' }, [...RAN, row('ContainerTerminated', text)])).toMatchObject({
      exitCode: 137,
      exitDetail: 'ProcessExited',
      exitSource: 'platform-log',
    });
  });

  test('was killed at the platform’s deadline, which wins over its exit code (log-system-job-deadline)', () => {
    const told = row('DeadlineExceeded', 'Job was active longer than specified deadline');
    expect(workload({ status: 'Failed' }, [...RAN, told])).toMatchObject({
      started: 'yes',
      failure: { code: 'running-deadline' },
    });
    const container = { hasStarted: true, exitCode: 143 };
    expect(workload({ status: 'Failed', reason: 'DeadlineExceeded', container })).toMatchObject({
      exitCode: 143,
      exitReason: { code: 'running-deadline' },
    });
  });

  test('was killed at the platform’s deadline by the word of its container, or of the row of its end, alone', () => {
    const timedOut = { started: 'perhaps', failure: { code: 'running-deadline' } };
    const container = { hasStarted: false, said: 'DeadlineExceeded' };
    expect(workload({ status: 'Failed', container })).toMatchObject(timedOut);
    const text = "Container 'app1' was terminated with exit code '' and reason 'DeadlineExceeded'";
    expect(workload({ status: 'Failed' }, late([row('ContainerTerminated', text)]))).toMatchObject(timedOut);
  });

  test('never ran where its image did not come until the platform’s deadline', () => {
    const rows = [...SCHEDULED, row('PullingImage'), row('', DENIED), row('DeadlineExceeded')];
    expect(workload({ status: 'Failed', reason: 'DeadlineExceeded' }, rows)).toMatchObject({
      started: 'no',
      failure: { code: 'image-not-found' },
    });
  });

  test('never ran where the platform gave up before a pull (log-system-job-a100-failure)', () => {
    const rows = [...SCHEDULED, row('BackoffLimitExceeded', 'Job has reached the specified backoff limit')];
    expect(workload({ status: 'Failed', reason: 'BackoffLimitExceeded' }, rows)).toMatchObject({
      started: 'no',
      failure: { code: 'given-up', class: 'infrastructure' },
    });
  });

  test('never ran where its image did not come: the code beside it is none of the program’s', () => {
    const container = { hasStarted: false, exitCode: 1, said: 'ImagePullFailure' };
    expect(workload({ status: 'Failed', container })).toMatchObject({
      started: 'no',
      failure: { code: 'image-pull' },
    });
    expect(workload({ status: 'Failed', container })).not.toHaveProperty('exitCode');
  });

  test('never ran where its files were too many (log-system-workdir-chown)', () => {
    const text =
      'Container \'app1\' was terminated with exit code \'1\' and reason \'ContainerCreateFailure\'. Command: ["chown","-R","10000:10000",...,"/srv"] canceled after 191756 ms.';
    expect(workload({ status: 'Failed' }, [...SCHEDULED, row('ContainerTerminated', text)])).toMatchObject({
      started: 'no',
      failure: { code: 'cannot-start', class: 'user' },
    });
  });

  test('may have run where it failed and nothing tells how', () => {
    expect(workload({ status: 'Failed' })).toMatchObject({
      phase: 'ended',
      started: 'perhaps',
      failure: { code: 'lost', class: 'infrastructure' },
    });
  });

  const CREATE_FAILURE =
    "Container 'app1' was terminated with exit code '1' and reason 'ContainerCreateFailure'";
  test.each([
    ['of a pull that failed', row('', DENIED), 'authorization failed'],
    ['of a start that failed', row('ContainerTerminated', CREATE_FAILURE), 'could not be started'],
  ])('may have run where late rows tell %s: a later try may have come off', (_what, trouble, words) => {
    const rows = late([...SCHEDULED, row('PullingImage'), trouble, row('BackoffLimitExceeded')]);
    const { failure, ...ended } = workload({ status: 'Failed' }, rows);
    expect({ ...ended, code: failure?.code }).toMatchObject({ started: 'perhaps', code: 'lost' });
    expect(failure?.message).toMatch(new RegExp(`may come late.*${words}`));
    const upToDeadline = workload({ status: 'Failed', reason: 'DeadlineExceeded' }, rows);
    expect(upToDeadline).toMatchObject({ started: 'perhaps', failure: { code: 'running-deadline' } });
  });

  test('never ran where its container says so, and late rows say why', () => {
    const container = { hasStarted: false, exitCode: 1, said: 'ImagePullFailure' };
    const rows = late([row('PullingImage'), row('', DENIED)]);
    expect(workload({ status: 'Failed', container }, rows)).toMatchObject({
      started: 'no',
      failure: { code: 'image-not-found' },
    });
  });

  test('has started by a late row, whatever became of an earlier pull', () => {
    const rows = late([row('PullingImage'), row('', DENIED), row('ContainerStarted')]);
    expect(workload({ status: 'Failed' }, rows)).toMatchObject({ started: 'yes', failure: { code: 'lost' } });
  });

  test('was stopped by somebody, and its end has no time (execution-get-stopped)', () => {
    const seen = workload({ status: 'Stopped' });
    expect(seen).toMatchObject({ phase: 'ended', started: 'perhaps', failure: { code: 'lost' } });
    expect(seen).not.toHaveProperty('endedAt');
  });

  test('may have run where somebody stopped its container, and has not where it still waited when it was stopped', () => {
    const container = { hasStarted: false, said: 'ManuallyStopped' };
    expect(workload({ status: 'Failed', container })).toMatchObject({
      started: 'perhaps',
      failure: { code: 'lost' },
    });
    const waiting = [...SCHEDULED, row('PullingImage')];
    expect(workload({ status: 'Stopped' }, waiting)).toMatchObject({ started: 'no' });
    expect(workload({ status: 'Stopped' }, RAN)).toMatchObject({ started: 'yes' });
  });
});

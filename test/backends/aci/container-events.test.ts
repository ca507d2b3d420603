// Which trouble a container's events show: of the pull or of the start, the owner's or the machine's.
import type { ContainerGroup, ContainerState, Event } from '@azure/arm-containerinstance';

import { startTroubleOf } from '../../../backends/aci/container-events';
import { workloadOf } from '../../../backends/aci/workload-state';

const event = (name: string, message = ''): Event => ({ count: 1, name, message, type: 'Warning' });
const PULLING = event('Pulling', 'pulling image "a"');
const PULLED = event('Pulled', 'Successfully pulled image "a"');
const STARTED = event('Started', 'Started container');

/** The runtime's words with the words that Container Instances, and the kubelet, have been seen to put around them. */
const aci = (why: string): string =>
  `Error: Failed to start container program, Error response: to create containerd task: failed to create container b7078: guest RPC failure: failed to create container: failed to run runc create/exec call for container b7078 with exit status 1: ${why}: unknown`;
const kubelet = (why: string): string =>
  `Error: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${why}: unknown`;
const nested = (why: string): string =>
  `Failed to start container with id c664e with error: rpc error: code 2 desc failed to start container "c664e": Error response from daemon: {"message":"oci runtime error: container_linux.go:247: starting container process caused \\\"exec: \\\\\\\"minio server\\\\\\\": ${why}\\\"\\n\""}`;

describe('a start that fails', () => {
  test.each([
    [
      aci(
        'container_linux.go:380: starting container process caused: exec: "train": executable file not found in $PATH',
      ),
      'user',
    ],
    [kubelet('exec: "train": executable file not found in $PATH'), 'user'],
    [nested('executable file not found in $PATH'), 'user'],
    [kubelet('exec: "/app/train": stat /app/train: no such file or directory'), 'user'],
    [kubelet('exec: "/app/train": permission denied'), 'user'],
    [kubelet('exec /usr/bin/python: exec format error'), 'user'],
    [kubelet('unable to find user trainer: no matching entries in passwd file'), 'user'],
    [aci('failed to find user by uid: 999: expected exactly 1 user matched'), 'user'],
    [
      aci(
        'rootfs_linux.go:58: mounting "/run/gcs/c/1/sandboxMounts" to rootfs at "/app/tls" caused "not a directory"',
      ),
      'user',
    ],
    [
      'Error: failed to create containerd container: failed to generate container "b7" spec: no command specified',
      'user',
    ],
    [
      kubelet(
        'error running hook #0: exit status 1, stderr: nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.9, please update your driver',
      ),
      'user',
    ],
    [kubelet('container init was OOM-killed (memory limit too low?)'), 'user'],
    [
      kubelet(
        'nvidia-container-cli: initialization error: load library failed: libnvidia-ml.so.1: cannot open shared object file: no such file or directory',
      ),
      'infrastructure',
    ],
    [
      'Error: Failed to start container program, Error response: to create containerd task: failed to create shim task: failed to mount container storage: failed to add LCOW layer: failed to add SCSI layer',
      'infrastructure',
    ],
    ['Error: failed to start containerd task "b7": no space left on device', 'infrastructure'],
    ['Error: context deadline exceeded: failed to create shim task', 'infrastructure'],
    [aci('something that nobody has seen before'), 'infrastructure'],
  ])('%s: of class %s', (message, ofClass) => {
    expect(startTroubleOf([PULLING, PULLED, event('Failed', message)])).toEqual({
      about: 'start',
      reason: {
        code: 'cannot-start',
        class: ofClass,
        message: expect.stringMatching(/^The program could not be started: ./) as unknown,
      },
    });
  });
});

test('a start that fails has its cause as reason, and says what its owner can do', () => {
  const told = (message: string): string | undefined =>
    startTroubleOf([PULLED, event('Failed', message)])?.reason.message;
  const cause = 'exec: "train": executable file not found in $PATH';
  const advised = `The program could not be started: ${cause}. Look at the spec's \`command\` and at what the image holds.`;
  expect(told(kubelet(cause))).toBe(advised);
  expect(told(aci(`container_linux.go:380: starting container process caused: ${cause}`))).toBe(advised);
  expect(told(kubelet('nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.9'))).toMatch(
    /cuda>=12\.9\. Use an image for an older CUDA/,
  );
  expect(told('Error: context deadline exceeded: failed to create shim task')).toBe(
    'The program could not be started: Error: context deadline exceeded: failed to create shim task.',
  );
});

describe('one event called Failed', () => {
  test.each([
    [
      'Failed to pull image "a": rpc error: code = NotFound desc = manifest for a not found',
      'pull',
      'image-not-found',
    ],
    [
      'Failed to pull image "executable-file-not-found/exec-format-error:1": connection refused',
      'pull',
      'image-pull',
    ],
    ['Failed to pull image "failed to start container/a": manifest unknown', 'pull', 'image-not-found'],
    ['Error: ErrImagePull', 'pull', 'image-pull'],
    ['Error: ImagePullBackOff', 'pull', 'image-pull'],
    [
      'Failed to pull image "a": failed to create shim task of the unpacker: no space left on device',
      'pull',
      'image-pull',
    ],
    ['pull access denied for a, repository does not exist', 'pull', 'image-not-found'],
    [kubelet('exec: "pull": executable file not found in $PATH'), 'start', 'cannot-start'],
    [aci('exec: "Failed to pull image": executable file not found in $PATH'), 'start', 'cannot-start'],
    ['Error: failed to start container "Back-off pulling image": permission denied', 'start', 'cannot-start'],
  ])('%s is about the %s', (message, about, code) => {
    expect(startTroubleOf([PULLING, event('Failed', message)])).toMatchObject({ about, reason: { code } });
  });

  test.each([
    'Liveness probe failed: no such file or directory',
    'Something that nobody has seen before',
    '',
  ])('says nothing of either: %j', (message) => {
    expect(startTroubleOf([PULLING, PULLED, event('Failed', message)])).toBeUndefined();
  });
});

describe('what counts more', () => {
  const failedStart = event('Failed', aci('exec: "a": executable file not found in $PATH'));
  const failedPull = event('Failed', 'Failed to pull image "a": manifest unknown');

  test('is Started, for either', () => {
    expect(startTroubleOf([PULLING, PULLED, failedStart, STARTED])).toBeUndefined();
    expect(startTroubleOf([PULLING, failedPull, STARTED])).toBeUndefined();
  });

  test('is Pulled for a pull, not for a start; and a start that failed counts before the pulls around it', () => {
    expect(startTroubleOf([PULLING, failedPull, PULLED])).toBeUndefined();
    expect(startTroubleOf([PULLING, failedPull, PULLED, failedStart, PULLING])).toMatchObject({
      about: 'start',
    });
  });

  test('is not the back-off of what had run', () => {
    expect(
      startTroubleOf([PULLED, event('BackOff', 'Back-off restarting failed container')]),
    ).toBeUndefined();
  });
});

describe('a workload whose program could not be started', () => {
  const at = new Date('2026-01-01T00:00:00Z');
  const failed = event('Failed', aci('exec: "a": executable file not found in $PATH'));
  type View = NonNullable<ContainerGroup['containers'][number]['instanceView']>;
  const group = (view: View, provisioningState = 'Creating'): ContainerGroup => ({
    osType: 'Linux',
    provisioningState,
    instanceView: { state: 'Pending', events: [] },
    containers: [
      { name: 'program', image: 'a', resources: { requests: { cpu: 1, memoryInGB: 1 } }, instanceView: view },
    ],
  });
  const startError: ContainerState = {
    state: 'Terminated',
    exitCode: 128,
    detailStatus: 'StartError',
    startTime: new Date(0),
    finishTime: at,
  };

  test('waits, not started; its trouble counts when the next look shows it too', () => {
    const view: View = {
      restartCount: 4,
      currentState: { state: 'Waiting' },
      events: [PULLING, PULLED, failed],
    };
    expect(workloadOf(group(view))).toMatchObject({
      phase: 'pulling',
      started: 'no',
      startTrouble: { code: 'cannot-start', class: 'user' },
    });
  });

  test('is over when the platform says so: the exit code is not the program’s', () => {
    const byEvent: View = {
      currentState: { ...startError, detailStatus: 'Error' },
      events: [PULLED, failed],
    };
    const byDetail: View = { currentState: startError, events: [PULLED] };
    for (const view of [byEvent, byDetail]) {
      const workload = workloadOf(group(view, 'Succeeded'));
      expect(workload).toMatchObject({
        phase: 'ended',
        started: 'no',
        failure: { code: 'cannot-start' },
        endedAt: at.getTime(),
      });
      expect(workload).not.toHaveProperty('exitCode');
      expect(workload).not.toHaveProperty('startedAt');
    }
  });

  test('is no failed provisioning for another reason', () => {
    const view: View = { currentState: { state: 'Waiting' }, events: [PULLED, failed] };
    expect(workloadOf(group(view, 'Failed')).failure).toMatchObject({ code: 'cannot-start', class: 'user' });
  });

  test('and ran in the end counts as one run: what came before were no runs of it', () => {
    const view: View = {
      restartCount: 1,
      previousState: startError,
      currentState: { state: 'Running', startTime: at },
      events: [PULLED, failed, STARTED],
    };
    expect(workloadOf(group(view, 'Succeeded'))).toEqual({
      phase: 'running',
      started: 'yes',
      startedAt: at.getTime(),
      restartCount: 0,
    });
  });
});

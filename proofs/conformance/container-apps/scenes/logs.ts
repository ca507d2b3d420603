// Scenes of replicas, log streams and tokens.
import { jobBody, jobPath } from '../bodies';
import type { Scene } from '../scene';

const STAGE = 'North Central US (Stage)';

const november2025: Scene = {
  name: 'a log is streamed in November 2025',
  from: '2025-11-04T10:49:30Z',
  region: STAGE,
  names: { executions: ['ww3up2k'], replicas: ['wrgwm'] },
  // The container started 8 s after the execution.
  times: { pullMs: 6_000 },
  program: { prints: [{ atMs: 0, text: '2025/11/04 10:49:59 Listening on :80...\n' }] },
  play: async (on) => {
    await makeAndStart(on, '10:49:50', STAGE);
    on.until('10:50:02');
    await on.send({ method: 'POST', path: jobPath('job1', '/getAuthToken', '2023-11-02-preview') });
    on.until('10:50:07');
    await on.ask('replicas-running');
    on.until('10:50:09');
    await on.ask('logstream-json');
  },
};

const may2025: Scene = {
  name: 'replicas right after a start, and later',
  from: '2025-05-24T17:39:00Z',
  region: STAGE,
  names: { executions: ['8wiq8fu'], replicas: ['2fpq8'] },
  times: { assignMs: 4_000 },
  play: async (on) => {
    await makeAndStart(on, '17:39:20', STAGE);
    on.until('17:39:23');
    await on.ask('replicas-no-containers-yet');
    on.until('17:39:32');
    await on.ask('replicas-running-2025-05');
  },
};

const october2025: Scene = {
  name: 'a replica that initialises',
  from: '2025-10-11T16:07:40Z',
  region: STAGE,
  names: { executions: ['rshllc4'], replicas: ['4bhck'] },
  play: async (on) => {
    await makeAndStart(on, '16:08:07', STAGE);
    on.until('16:08:12');
    await on.ask('replicas-pod-initializing');
  },
};

const june2024: Scene = {
  name: 'a log is streamed before its container starts',
  from: '2024-06-03T14:54:50Z',
  region: STAGE,
  names: { executions: ['yjk55fa'], replicas: ['jzsd8'] },
  switches: { shownVariables: 'all' },
  times: { pullMs: 10_000 },
  play: async (on) => {
    await makeAndStart(on, '14:55:11', STAGE);
    on.until('14:55:13');
    await on.ask('executions-list-detailed-status-empty');
    await on.send({ method: 'POST', path: jobPath('job1', '/getAuthToken', '2023-11-02-preview') });
    on.until('14:55:15');
    await on.ask('logstream-before-start');
  },
};

const november2024: Scene = {
  name: 'a log is streamed in November 2024',
  from: '2024-11-01T11:21:10Z',
  region: STAGE,
  names: { executions: ['yzrd943'], replicas: ['4pxxn'] },
  switches: { shownVariables: 'all', runtimeMark: 'removed' },
  program: { prints: [{ atMs: 0, text: 'Listening on :80...\n' }] },
  play: async (on) => {
    await makeAndStart(on, '11:21:35', STAGE);
    on.until('11:21:43');
    await on.ask('get-auth-token-2024');
    on.until('11:21:46');
    await on.ask('executions-list-detailed-status-running-2024');
    on.until('11:21:50');
    await on.ask('logstream-time-zero');
  },
};

async function makeAndStart(on: Parameters<Scene['play']>[0], at: string, location: string): Promise<void> {
  const body = jobBody('quickstart', { location });
  await on.send({ method: 'PUT', path: jobPath('job1'), body });
  on.until(at);
  await on.send({ method: 'POST', path: jobPath('job1', '/start') });
}

export const LOGS: readonly Scene[] = [november2025, may2025, october2025, june2024, november2024];

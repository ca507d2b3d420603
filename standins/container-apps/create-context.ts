// Makes the state that the routes work with: empty, but for the environments of the settings.
import type { ContainerAppsContext, ContainerAppsPorts } from './context';
import { createEnvironmentStore, environmentId } from './environments/environment-store';
import type { Execution } from './executions/execution';
import { createFaultBook } from './faults/fault-book';
import { createJobStore, type Job } from './jobs/job-store';
import { createLedger, type JobEntry } from './ledger';
import { createLogTables } from './log-analytics/log-tables';
import { createSystemEvents } from './logs/system-events';
import { createOperationBook } from './operations';

export function createContext(ports: ContainerAppsPorts): ContainerAppsContext {
  const { settings, clock } = ports;
  const environments = createEnvironmentStore();
  for (const given of settings.environments) {
    const { subscription, resourceGroup, name, location, profiles, workspace } = given;
    const place = { subscription, resourceGroup, name };
    const now = clock.now();
    environments.add({
      place,
      id: environmentId(place),
      location,
      profiles: profiles && Object.entries(profiles).map(([profile, type]) => ({ name: profile, type })),
      state: 'Succeeded',
      createdAt: now,
      modifiedAt: now,
      tags: undefined,
      workspace,
      storages: new Map(Object.entries(given.storages ?? {})),
      echoed: {},
    });
  }
  const faults = createFaultBook();
  const logTables = createLogTables({ settings, environments, faults });
  const executions: Execution[] = [];
  const jobs = createJobStore();
  const ledger = createLedger(settings.keptOutputBytes);
  const lives = new Map<Job, JobEntry>();
  return {
    ...ports,
    environments,
    operations: createOperationBook(),
    jobs,
    executions,
    systemEvents: createSystemEvents((event) => logTables.happened(event)),
    logTables,
    ledger,
    tokens: new Map(),
    faults,
    gate: { downUntil: 0 },
    room: { settings, faults, executions: () => executions },
    deletions: new Map(),
    addJob: (job) => {
      jobs.add(job);
      lives.set(job, ledger.job(job.place.name, clock.now()));
    },
    jobDeleting: (job) => lives.get(job)?.deleteRequested(clock.now()),
    jobGone: (job) => {
      lives.get(job)?.gone(clock.now());
      lives.delete(job);
    },
  };
}

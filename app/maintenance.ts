// Maintenance that works without the running app: the sweep, from any machine with credentials.
import { setTimeout as pause } from 'node:timers/promises';

import type { Logger } from '../domain/ports/logger';
import { sweep, type SweepReport } from '../jobs/sweep/sweep';
import { type ExpiredReport, sweepExpired } from '../jobs/sweep/sweep-expired';
import { watchUsage } from '../jobs/sweep/watch-usage';
import { createBackends, createServices } from './services';
import type { Environment } from './settings';

/**
 * Does what the app's own tick does, by the same settings. It goes by the server's time alone, because this machine's
 * clock may be anything.
 */
export async function sweepDeployment(
  env: Environment,
  log: Logger,
  options: { dryRun: boolean },
): Promise<SweepReport> {
  const ports = { ...createServices(env), log };
  const report = await sweep(ports, { ...options, clockIsKept: false });
  if (!options.dryRun) await watchUsage(ports);
  return report;
}

/** Without storage: what the tags of `ownerId`'s workloads call expired. */
export function sweepExpiredOf(
  ownerId: string,
  env: Environment,
  log: Logger,
  options: { dryRun: boolean },
): Promise<ExpiredReport> {
  return sweepExpired({ ...createBackends(env), log, pause: (ms) => pause(ms) }, ownerId, options);
}

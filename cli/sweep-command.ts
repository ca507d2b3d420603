// gpujobs sweep: the app's own sweep from any machine with credentials, or the one that needs no storage.
import type { Command } from 'commander';

import type { Logger } from '../domain/ports/logger';
import { loadApp } from './load-app';

interface SweepOptions {
  readonly expiredOnly?: true;
  readonly dryRun?: true;
  readonly owner?: string;
}

const toStderr = (level: string) => (message: string) => void process.stderr.write(`${level}: ${message}\n`);
const log: Logger = { info: toStderr('info'), warn: toStderr('warn'), error: toStderr('error') };

export function registerSweep(program: Command): void {
  program
    .command('sweep')
    .description(
      'Remove workloads of this deployment that are over or past their expiry; prints what it found as JSON',
    )
    .option('--expired-only', 'go by the tags alone, without storage; needs --owner')
    .option('--owner <id>', "the deployment's owner id, as /api/health tells it")
    .option('--dry-run', 'look, and change nothing')
    .action(async (options: SweepOptions) => {
      const report = await run(options);
      process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
      if (report.failedLists + (report.failedDeletes ?? 0) > 0) process.exitCode = 1;
    });
}

interface Report {
  readonly failedLists: number;
  readonly failedDeletes?: number;
}

function run({ expiredOnly, owner, dryRun }: SweepOptions): Promise<Report> {
  const options = { dryRun: dryRun === true };
  const { sweepDeployment, sweepExpiredOf } = loadApp.maintenance(); // Azure's clients take their time to load.
  if (expiredOnly === undefined) return sweepDeployment(process.env, log, options);
  if (owner === undefined)
    throw new Error('--expired-only needs --owner: there is no storage to read the id from.');
  return sweepExpiredOf(owner, process.env, log, options);
}

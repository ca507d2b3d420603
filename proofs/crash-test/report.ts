// What a crash test prints: a line for each round, and a sum.
import type { RoundReport } from './round';

export function roundLine(report: RoundReport, rounds: number): string {
  const mark = report.violations.length === 0 ? '✔' : '✘';
  const number = String(report.round).padStart(String(rounds).length);
  const facts = [
    `${report.jobs} jobs`,
    `${report.kills} kills${report.killsAtStart === 0 ? '' : ` (${report.killsAtStart} at start)`}`,
    `${report.logsAtKill} logs under way at the last`,
    `${report.creates} creates (${onPlatforms(report.createsOn)})`,
    `${report.programs} programs`,
    `${report.givenUp} given up`,
    `${report.takenOver} taken over`,
    seconds(report.tookMs),
  ];
  return `${mark} round ${number}  ${facts.join(', ')}`;
}

export function summary(reports: readonly RoundReport[], tookMs: number): string {
  const sum = (of: (report: RoundReport) => number): number =>
    reports.reduce((total, report) => total + of(report), 0);
  const createsOn = {
    apps: sum((report) => report.createsOn.apps),
    cluster: sum((report) => report.createsOn.cluster),
    instances: sum((report) => report.createsOn.instances),
  };
  return [
    '',
    `${reports.length} rounds in ${seconds(tookMs)}: ${sum(({ jobs }) => jobs)} jobs, ${sum(({ kills }) => kills)} kills of the host`,
    `${sum(({ creates }) => creates)} creates (${onPlatforms(createsOn)}), ${sum(({ programs }) => programs)} program starts, ${sum(({ repeats }) => repeats)} submissions repeated`,
    `${sum(({ givenUp }) => givenUp)} attempts given up (killed between intent and create), ${sum(({ takenOver }) => takenOver)} taken over by another orchestration`,
    `${(sum(({ printedBytes }) => printedBytes) / 1e6).toFixed(1)} MB printed, ${sum(({ logsWithGaps }) => logsWithGaps)} logs with a gap on record`,
    `${sum(({ wholeLogs }) => wholeLogs)} logs completed afterwards, ${sum(({ logsAtKill }) => logsAtKill)} of them under way at a kill`,
    `${sum(({ violations }) => violations.length)} violations`,
  ].join('\n');
}

function onPlatforms({ apps, cluster, instances }: RoundReport['createsOn']): string {
  return `${apps} on Container Apps, ${cluster} on the cluster, ${instances} on container instances`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

// gpujobs placements: where jobs may run, what is free there, what each refuses and why.
import type { PlacementView } from '../../api/placements';
import type { PlacementQuery } from '../../client/deployment-client';
import { standingCostInWords } from '../../domain/money/standing-cost';
import type { Cli } from '../cli';
import { dateAndTime } from '../show/duration';
import { type Column, fittedTable } from '../show/fitted-table';
import { resourcesInWords } from '../show/words';

export interface PlacementFlags {
  readonly sku?: string;
  readonly gpu?: number;
  readonly cpu?: number;
  readonly memory?: number;
}

export async function placements(cli: Cli, { sku, gpu, cpu, memory }: PlacementFlags): Promise<void> {
  const query: PlacementQuery = { gpu: sku, count: gpu, cpu, memoryGb: memory };
  const client = await cli.client();
  const found = await client.deployment.placements(query);
  if (cli.json) {
    cli.printJson({ placements: found });
    return;
  }
  const rows = found.map((placement) => rowOf(cli, placement));
  for (const line of fittedTable(COLUMNS, rows, cli.host.stdout)) cli.out(line);
  const remarks = found.flatMap(remarksOf);
  if (remarks.length > 0) cli.out('');
  for (const remark of remarks) cli.out(remark);
}

const COLUMNS: readonly Column[] = [
  { heading: 'NAME', least: 12 },
  { heading: 'BACKEND', goes: 1 },
  { heading: 'REGION', goes: 3 },
  { heading: 'GPUS', least: 12 },
  { heading: 'HELD' },
  { heading: 'FREE', goes: 4 },
  { heading: 'CREATES NOW', goes: 2 },
  { heading: 'WAITING' },
  { heading: 'HEALTH' },
];

function rowOf({ paint }: Cli, placement: PlacementView): string[] {
  const { held, free, limits, health } = placement;
  const gpus = placement.gpus.map(({ sku, counts }) => `${sku} (${counts.join(', ')})`).join(', ');
  return [
    placement.name,
    placement.backend,
    placement.region ?? '-',
    gpus === '' ? '-' : gpus,
    `${held.workloads} of ${limits.workloads}`,
    String(free.workloads),
    String(free.createsNow ?? '-'),
    placement.waiting === undefined ? '-' : String(placement.waiting),
    health === 'ok' ? paint.green(health) : paint.red(health),
  ];
}

/** What specs may name there, in a line. */
function offersInWords(name: string, offers: PlacementView['offers']): string[] {
  if (offers === undefined) return [];
  const { volumes, identities, outputs, checkpoints } = offers;
  const parts = [
    ...named(
      'volumes',
      volumes.map((volume) => `${inWords(volume)}${volume.readOnly ? ' (read-only)' : ''}`),
    ),
    ...named('identities', identities.map(inWords)),
    ...OUTPUTS[outputs],
    ...(checkpoints ? ['checkpoints'] : []),
  ];
  return [`${name} offers ${parts.join('; ') || 'no volume, identity or place for outputs'}`];
}

const OUTPUTS = { volume: ['outputs on a volume'], address: ['outputs at an address'], none: [] };

function named(kind: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${kind} ${names.join(', ')}`];
}

function inWords({ name, images }: { name: string; images?: readonly string[] | undefined }): string {
  return images === undefined ? name : `${name} (for ${images.join(', ')})`;
}

/** ` with 8 × A100, 90.25 cores, 1801 GB of memory` */
function givenInWords(verdict: PlacementView['verdict']): string {
  const given = [
    ...(verdict?.gpu === undefined ? [] : [`${verdict.gpu.count} × ${verdict.gpu.sku}`]),
    ...(verdict?.resources === undefined ? [] : [resourcesInWords(verdict.resources)]),
  ];
  return given.length === 0 ? '' : ` with ${given.join(', ')}`;
}

/** What does not fit a column: why not well, what is refused, the verdict about the job that was asked about. */
function remarksOf({
  name,
  offers,
  detail,
  pausedUntil,
  refuses,
  accepts,
  standing,
  verdict,
}: PlacementView): string[] {
  const stands = Object.entries(accepts ?? {}).map(
    ([asked, offered]) => `${name} gives ${offered} where ${asked} is asked for`,
  );
  const gives = givenInWords(verdict);
  return [
    ...(detail === undefined ? [] : [`${name}: ${detail}`]),
    ...(pausedUntil === undefined
      ? []
      : [
          `${name} creates nothing before ${dateAndTime(Date.parse(pausedUntil))}: the platform asked for it`,
        ]),
    ...stands,
    ...offersInWords(name, offers),
    ...(standing ?? []).map((cost) => `${name} costs without a job: ${standingCostInWords(cost)}`),
    ...refuses.map(({ what, why }) => `${name} refuses ${what}: ${why}`),
    ...(verdict === undefined
      ? []
      : [
          `${name} ${verdict.holds ? `can hold such a job${gives}` : 'cannot hold such a job'}${verdict.why === undefined ? '' : `: ${verdict.why}`}`,
        ]),
  ];
}

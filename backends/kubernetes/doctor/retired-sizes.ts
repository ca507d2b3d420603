// VM sizes with GPUs that Azure has retired (docs/facts/aks.md#retired-sizes). Pure.

/** By a size's name without `Standard_`; the last day of each series. */
const SERIES: readonly { readonly size: RegExp; readonly series: string; readonly lastDay: string }[] = [
  { size: /^NC(6|12|24r?)(_promo)?$/i, series: 'NC (K80)', lastDay: '2023-08-31' },
  { size: /^NC(6|12|24r?)s_v2$/i, series: 'NCv2 (P100)', lastDay: '2023-08-31' },
  { size: /^ND(6|12|24r?)s$/i, series: 'ND (P40)', lastDay: '2023-08-31' },
  { size: /^NV(6|12|24)(_promo)?$/i, series: 'NV (M60)', lastDay: '2023-09-06' },
  { size: /^NC(6|12|24r?)s_v3$/i, series: 'NCv3 (V100)', lastDay: '2025-09-30' },
  { size: /^NV(12|24|48)s_v3$/i, series: 'NVv3 (M60)', lastDay: '2026-09-30' },
  { size: /^NV(4|8|16|32)as_v4$/i, series: 'NVv4 (MI25)', lastDay: '2026-09-30' },
];

const DAY_MS = 24 * 60 * 60_000;

interface Retirement {
  /** With its GPU, for people. */
  readonly series: string;
  /** ISO date, UTC. */
  readonly lastDay: string;
  readonly isOver: boolean;
}

/** Undefined for a size whose retirement is not known. `now`: epoch milliseconds. */
export function retirementOf(size: string, now: number): Retirement | undefined {
  const bare = size.replace(/^Standard_/i, '');
  const found = SERIES.find((one) => one.size.test(bare));
  if (found === undefined) return undefined;
  const { series, lastDay } = found;
  return { series, lastDay, isOver: now >= Date.parse(lastDay) + DAY_MS };
}

// npm run simulate -- --seeds N [--from S]
import { runSeed } from './run-seed';
async function main(): Promise<void> {
  const from = Number(process.argv[2] ?? 1);
  const count = Number(process.argv[3] ?? 1);
  const traced = process.argv[4] === 'trace';
  const started = process.hrtime.bigint();
  let bad = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const report = await runSeed(seed, traced);
    if (traced) for (const { at, who, what } of report.story) process.stdout.write(`${(at / 1000).toFixed(3).padStart(10)} ${who.padEnd(16)} ${what}\n`);
    if (report.violations.length > 0) {
      bad += 1;
      process.stdout.write(`seed ${seed}: ${report.violations.slice(0, 4).map((v) => `${v.code} ${v.message}`).join('\n   ')}\n`);
    }
  }
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  process.stdout.write(`${count} seeds, ${bad} bad, ${(ms / count).toFixed(1)} ms a seed\n`);
}
void main();

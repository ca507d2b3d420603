// `npm run weeks [-- --jobs N --days D]`: runs twenty jobs of seven days through the real story, in virtual time. It
// takes minutes and judges as the test does.
import { parseArgs } from 'node:util';

import { type LongJobs, runLongJobs } from '../../test/admission/long-jobs';

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '20' },
    days: { type: 'string', default: '7' },
  },
});
const JOBS = Number(values.jobs);

/** What is wrong, in words; empty when nothing is. */
function faultsOf(result: LongJobs): string[] {
  return [
    ...result.outcomes.filter((outcome) => outcome !== 'Succeeded 0 1 gone').map((one) => `outcome ${one}`),
    ...(result.logsAreWhole.every((isWhole) => isWhole) ? [] : ['an archive differs from what was printed']),
    ...(result.answers['PUT 201'] === JOBS ? [] : [`${result.answers['PUT 201'] ?? 0} creates`]),
    ...Object.keys(result.answers).filter((answer) => answer.endsWith('429')),
    ...(result.longestNoticeMs <= 90_000 ? [] : [`an end was noticed after ${result.longestNoticeMs} ms`]),
    ...(result.groupsLeft + result.placesLeft === 0 ? [] : ['something is left over']),
    ...result.failures,
    ...result.logged,
  ];
}

async function main(): Promise<void> {
  const result = await runLongJobs({
    jobs: JOBS,
    hours: Number(values.days) * 24,
    onHours: (hours) => process.stderr.write(`${hours} h\n`),
  });
  process.stdout.write(`${JSON.stringify(result, undefined, 1)}\n`);
  const faults = faultsOf(result);
  process.stdout.write(faults.length === 0 ? 'as it should be\n' : `${faults.join('\n')}\n`);
  process.exit(faults.length === 0 ? 0 : 1); // The ticks would go on for ever.
}

void main();

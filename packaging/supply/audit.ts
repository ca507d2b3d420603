// `npm run audit`: asks the registry for known vulnerabilities of the production dependencies. Exits with 0: it knows
// none. 1: it knows some. 2: it gave no answer, so nothing is known.
import { resolve } from 'node:path';

import { auditVerdict } from './audit-verdict';
import { npm } from './npm';
import { withProduction } from './production';

/** Compiled it stands in dist/packaging/supply/. */
const ROOT = resolve(__dirname, '..', '..', '..');

const KNOWN = 1;
const NO_ANSWER = 2;

void main();

async function main(): Promise<void> {
  const answer = await withProduction(ROOT, (folder) =>
    npm(folder, ['audit', '--json', '--package-lock-only'], { mayFail: true }),
  );
  const verdict = auditVerdict(answer);
  switch (verdict.kind) {
    case 'none known':
      process.stdout.write('The registry knows no vulnerability of the production dependencies.\n');
      return;
    case 'vulnerable':
      process.stdout.write(`The registry knows vulnerabilities:\n${verdict.packages.join('\n')}\n`);
      process.exitCode = KNOWN;
      return;
    case 'no answer':
      process.stdout.write(`The registry gave no answer, so nothing is known: ${verdict.why}\n`);
      process.exitCode = NO_ANSWER;
  }
}

// One broken guard: a patch of the source, and the invariants of which the simulation must name one.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const PATCHES = join(__dirname, 'patches');

export interface Mutant {
  readonly name: string;
  readonly patch: string;
  readonly guard: string;
  /** The invariants; the mutant is found when one of them falls. */
  readonly falls: readonly string[];
  readonly files: readonly string[];
}

/** All mutants of this folder. */
export function readMutants(): readonly Mutant[] {
  return readdirSync(PATCHES)
    .filter((file) => file.endsWith('.patch'))
    .map(readMutant);
}

/** Reads one mutant. The first line says what is broken and what may fall: `# <guard> | S1 S5`. */
function readMutant(file: string): Mutant {
  const patch = join(PATCHES, file);
  const text = readFileSync(patch, 'utf8');
  const [, guard, falls] = /^# (.+) \| ([A-Z0-9 ]+)\n/.exec(text) ?? [];
  if (guard === undefined || falls === undefined)
    throw new Error(`${patch} must begin with a line such as "# the guard that is broken | S1 S5".`);
  const files = [...text.matchAll(/^\+\+\+ b\/(\S+)/gm)].map(([, path = '']) => path);
  return { name: file.replace(/\.patch$/, ''), patch, guard, falls: falls.split(' '), files };
}

/**
 * Makes a new folder with the files that the patch touches, broken. The caller removes it. Throws when the patch no
 * longer fits the source.
 */
export function brokenCopy(mutant: Mutant): string {
  const overlay = mkdtempSync(join(tmpdir(), 'mutant-'));
  try {
    for (const file of mutant.files) {
      mkdirSync(dirname(join(overlay, file)), { recursive: true });
      cpSync(join(ROOT, file), join(overlay, file));
    }
    execFileSync('git', ['apply', '--recount', '-C1', mutant.patch], { cwd: overlay, stdio: 'pipe' });
    return overlay;
  } catch (error) {
    rmSync(overlay, { recursive: true, force: true });
    throw new Error(`${mutant.patch} does not fit the source any more; make it anew.`, { cause: error });
  }
}

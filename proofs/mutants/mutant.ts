// One broken guard: a patch of the source, and what must notice.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import type { Beside } from '../simulation/steering/quarry';

const ROOT = resolve(__dirname, '../..');
const PATCHES = join(__dirname, 'patches');

export interface Mutant {
  readonly name: string;
  readonly patch: string;
  readonly guard: string;
  readonly judge: Judge;
  readonly files: readonly string[];
}

type Judge = JudgedBySeeds | JudgedByTest;

/** The simulation must name one of the invariants. */
export interface JudgedBySeeds {
  readonly kind: 'seeds';
  readonly falls: readonly string[];
  /** The first seed. */
  readonly from: number;
  /** From one seed to the next: seeds that hunt for one thing are so far apart (steering/quarry.ts). */
  readonly by: number;
  /** Only seeds with this kind of compute count; undefined: all. */
  readonly beside: Beside | undefined;
}

/** A test must fail: the simulation does not come to what the patch breaks. */
export interface JudgedByTest {
  readonly kind: 'test';
  /** From the top of the repository on. */
  readonly file: string;
}

/** What a patch begins with: the guard, then who judges, then perhaps which seeds. */
const FIRST_LINE = /^# (.+) \| (?:([A-Z]\d(?: [A-Z]\d)*)|(test\/\S+\.test\.ts))\n/;
const SEEDS_LINE = /^# seeds(?: with (clusters|Container Apps))? from (\d+)(?: by (\d+))?\n/m;

/** All mutants of this folder. */
export function readMutants(): readonly Mutant[] {
  return readdirSync(PATCHES)
    .filter((file) => file.endsWith('.patch'))
    .map((file) => {
      const patch = join(PATCHES, file);
      return mutantOf(file.replace(/\.patch$/, ''), patch, readFileSync(patch, 'utf8'));
    });
}

/** Reads the text of one patch (docs/simulation.md#mutants says what its first lines are). */
export function mutantOf(name: string, patch: string, text: string): Mutant {
  const [, guard, falls, file] = FIRST_LINE.exec(text) ?? [];
  const [, kind, from = '1', by = '1'] = SEEDS_LINE.exec(text) ?? [];
  const head = text.slice(0, text.indexOf('\n--- '));
  const misread = head
    .split('\n')
    .slice(1)
    .find((line) => /^# seeds\b/.test(line) && !SEEDS_LINE.test(`${line}\n`));
  if (guard === undefined || misread !== undefined)
    throw new Error(
      `${patch} begins with "${misread ?? text.slice(0, 120)}"; it must begin with "# the guard | S1 S5" or ` +
        '"# the guard | test/FILE.test.ts", and its seeds are named as "# seeds with clusters from 1" or "# seeds from 1 by 20".',
    );
  const judge: Judge =
    file === undefined
      ? {
          kind: 'seeds',
          falls: (falls ?? '').split(' '),
          from: Number(from),
          by: Number(by),
          beside: kind === undefined ? undefined : kind === 'clusters' ? 'kubernetes' : 'container-apps',
        }
      : { kind: 'test', file };
  const files = [...text.matchAll(/^\+\+\+ b\/(\S+)/gm)].map(([, path = '']) => path);
  return { name, patch, guard, judge, files };
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

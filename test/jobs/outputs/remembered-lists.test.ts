import type { OutputList } from '../../../domain/outputs/output-list';
import { createRememberedLists } from '../../../jobs/outputs/remembered-lists';
import { MemoryOutputLists } from '../../support/memory/memory-output-lists';
import { testJobId } from '../../support/rows';

const JOB = testJobId(1);

function listOf(files: number): OutputList {
  return { at: 1, files: Array.from({ length: files }, (_, index) => ({ path: `f${index}`, bytes: 1 })) };
}

class Counted extends MemoryOutputLists {
  reads: number[] = [];

  override get(jobId: string, attempt: number): Promise<OutputList | undefined> {
    this.reads.push(attempt);
    return super.get(jobId, attempt);
  }
}

test('a list is read once, however many pages are made of it', async () => {
  const stored = new Counted();
  await stored.keep(JOB, 1, listOf(3));
  const lists = createRememberedLists(stored);
  expect(await lists.get(JOB, 1)).toEqual(listOf(3));
  expect(await lists.get(JOB, 1)).toEqual(listOf(3));
  expect(stored.reads).toEqual([1]);
});

test('the one that is kept counts, not the one that was to be kept', async () => {
  const stored = new Counted();
  await stored.keep(JOB, 1, listOf(3));
  const lists = createRememberedLists(stored);
  expect(await lists.keep(JOB, 1, listOf(5))).toEqual(listOf(3));
  expect(await lists.get(JOB, 1)).toEqual(listOf(3));
});

test('no list is remembered as absent', async () => {
  const stored = new Counted();
  const lists = createRememberedLists(stored);
  expect(await lists.get(JOB, 1)).toBeUndefined();
  await stored.keep(JOB, 1, listOf(1));
  expect(await lists.get(JOB, 1)).toEqual(listOf(1));
});

test('the lists that were used last are remembered, up to so many files', async () => {
  const stored = new Counted();
  for (const attempt of [1, 2, 3]) await stored.keep(JOB, attempt, listOf(4));
  const lists = createRememberedLists(stored, 8);
  for (const attempt of [1, 2, 1, 3, 1, 2]) await lists.get(JOB, attempt);
  expect(stored.reads).toEqual([1, 2, 3, 2]);
});

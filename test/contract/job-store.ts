// The contract of every JobStore.
import { TerminalError } from '../../domain/errors';
import type { JobRecords, JobStore, RowChange } from '../../domain/ports/job-store';
import { attemptRow, cancelRow, jobRow, testJobId } from '../support/rows';

const JOB = testJobId(1);
const RACERS = 8;

export function describeJobStore(name: string, make: () => JobStore): void {
  describe(`${name} as a job store`, () => {
    let store: JobStore;
    beforeEach(() => {
      store = make();
    });

    async function read(jobId = JOB): Promise<JobRecords> {
      const records = await store.read(jobId);
      if (records === undefined) throw new Error(`job ${jobId} is not in the store`);
      return records;
    }
    async function inserted(): Promise<JobRecords> {
      await store.insert(jobRow());
      return read();
    }
    /** Its attempt 1 has been admitted. */
    async function admitted(): Promise<JobRecords> {
      const { job } = await inserted();
      await store.commit(JOB, [
        { kind: 'replace-job', row: { ...job.row, state: 'active', attempt: 1 }, etag: job.etag },
        { kind: 'insert-attempt', row: attemptRow() },
      ]);
      return read();
    }
    function attemptOf(records: JobRecords, index = 0): JobRecords['attempts'][number] {
      const attempt = records.attempts[index];
      if (attempt === undefined) throw new Error(`there is no attempt at ${index}`);
      return attempt;
    }

    test('a job that was never inserted is absent', async () => {
      expect(await store.read(JOB)).toBeUndefined();
    });

    test('an inserted row is read back as it was, alone', async () => {
      const row = jobRow({ name: 'naïve "quotes" \\ 模型', labels: { 'a/b': "it's" } });
      expect(await store.insert(row)).toBe('inserted');
      const records = await read();
      expect(records.job.row).toEqual(row);
      expect(records.cancel).toBeUndefined();
      expect(records.attempts).toEqual([]);
    });

    test.each([3, 5, 8])('rows keep that %i GPUs were asked for and given', async (count) => {
      const row = jobRow();
      if (row.plan === undefined) throw new Error('The test job has a plan.');
      const plan = { ...row.plan, gpu: { count, sku: 'A100' } };
      await store.insert({ ...row, plan });
      const gpu = { count, sku: 'H100', insteadOf: 'A100' };
      await store.commit(JOB, [{ kind: 'insert-attempt', row: attemptRow({ gpu }) }]);
      const records = await read();
      expect(records.job.row.plan?.gpu).toEqual({ count, sku: 'A100' });
      expect(attemptOf(records).row.gpu).toEqual(gpu);
    });

    test('an attempt keeps what it cost, to the last digit', async () => {
      const prices = [{ of: 'A100', perHour: 27.2, quantity: 8 }];
      const cost = { currency: 'USD', amount: 0.000011, billedMs: 1, prices };
      await inserted();
      await store.commit(JOB, [{ kind: 'insert-attempt', row: attemptRow({ cost }) }]);
      expect(attemptOf(await read()).row.cost).toEqual(cost);
    });

    test('of many equal inserts at once one succeeds', async () => {
      const results = await Promise.all(Array.from({ length: RACERS }, () => store.insert(jobRow())));
      expect(results.toSorted()).toEqual([...Array<string>(RACERS - 1).fill('exists'), 'inserted']);
    });

    test('inserting over a job changes nothing', async () => {
      const before = await inserted();
      expect(await store.insert(jobRow({ specHash: 'b'.repeat(64) }))).toBe('exists');
      expect(await read()).toEqual(before);
    });

    test('a replace on the ETag that was read is done', async () => {
      const { job } = await inserted();
      const row = jobRow({ state: 'over', outcome: 'Canceled', overAt: 5 });
      expect(await store.commit(JOB, [{ kind: 'replace-job', row, etag: job.etag }])).toBe('done');
      expect((await read()).job.row).toEqual(row);
    });

    test('a replace leaves nothing of the row before', async () => {
      const { job } = await inserted();
      const { plan, ...withoutPlan } = job.row;
      expect(plan).toBeDefined();
      await store.commit(JOB, [{ kind: 'replace-job', row: withoutPlan, etag: job.etag }]);
      expect((await read()).job.row.plan).toBeUndefined();
    });

    test('a replace on an older ETag changes nothing', async () => {
      const { job } = await inserted();
      await store.commit(JOB, [{ kind: 'replace-job', row: job.row, etag: job.etag }]);
      const before = await read();
      const late: RowChange = { kind: 'replace-job', row: jobRow({ state: 'over' }), etag: job.etag };
      expect(await store.commit(JOB, [late])).toBe('changed');
      expect(await read()).toEqual(before);
    });

    test('every write changes the ETag, that of an equal row too', async () => {
      await inserted();
      const etags = new Set<string>();
      for (let write = 0; write < 20; write++) {
        const { job } = await read();
        etags.add(job.etag);
        await store.commit(JOB, [{ kind: 'replace-job', row: job.row, etag: job.etag }]);
      }
      expect(etags.size).toBe(20);
    });

    test('of commits that race on one ETag one wins', async () => {
      const { job } = await inserted();
      const results = await Promise.all(
        Array.from({ length: RACERS }, (_, racer) => {
          const row = jobRow({ labels: { racer: String(racer) } });
          return store.commit(JOB, [{ kind: 'replace-job', row, etag: job.etag }]);
        }),
      );
      expect(results.filter((result) => result === 'done')).toHaveLength(1);
      expect((await read()).job.row.labels).toEqual({ racer: String(results.indexOf('done')) });
    });

    test('replacing a row that is not there is "changed"', async () => {
      const { job } = await inserted();
      const change: RowChange = { kind: 'replace-attempt', row: attemptRow(), etag: job.etag };
      expect(await store.commit(JOB, [change])).toBe('changed');
      expect((await read()).attempts).toEqual([]);
    });

    test('a commit of nothing is done', async () => {
      const before = await inserted();
      expect(await store.commit(JOB, [])).toBe('done');
      expect(await read()).toEqual(before);
    });

    test('a transaction changes both rows', async () => {
      const { job, attempts } = await admitted();
      expect(job.row).toMatchObject({ state: 'active', attempt: 1 });
      expect(attempts.map((attempt) => attempt.row)).toEqual([attemptRow()]);
    });

    test('an attempt is replaced on its own ETag', async () => {
      const attempt = attemptOf(await admitted());
      const row = attemptRow({
        epoch: 2,
        intent: { kind: 'set', nonce: 'n', at: 7 },
        phases: { pulling: 3 },
      });
      expect(await store.commit(JOB, [{ kind: 'replace-attempt', row, etag: attempt.etag }])).toBe('done');
      expect(attemptOf(await read()).row).toEqual(row);
    });

    test.each(['job', 'attempt'] as const)(
      'a stale ETag of the %s leaves both rows as they were',
      async (stale) => {
        const first = await admitted();
        await store.commit(JOB, [
          { kind: 'replace-job', row: first.job.row, etag: first.job.etag },
          { kind: 'replace-attempt', row: attemptOf(first).row, etag: attemptOf(first).etag },
        ]);
        const now = await read();
        const job = stale === 'job' ? first.job : now.job;
        const attempt = attemptOf(stale === 'attempt' ? first : now);
        for (const reversed of [false, true]) {
          const changes: RowChange[] = [
            { kind: 'replace-job', row: { ...job.row, state: 'over' }, etag: job.etag },
            { kind: 'replace-attempt', row: { ...attempt.row, cleanup: 'gone' }, etag: attempt.etag },
          ];
          expect(await store.commit(JOB, reversed ? changes.reverse() : changes)).toBe('changed');
          expect(await read()).toEqual(now);
        }
      },
    );

    test('a transaction that inserts an attempt that exists changes nothing', async () => {
      const before = await admitted();
      const changes: RowChange[] = [
        { kind: 'replace-job', row: { ...before.job.row, state: 'over' }, etag: before.job.etag },
        { kind: 'insert-attempt', row: attemptRow({ epoch: 9 }) },
      ];
      expect(await store.commit(JOB, changes)).toBe('changed');
      expect(await read()).toEqual(before);
    });

    test('of transactions that race on one ETag one wins, with all that it brings', async () => {
      const { job } = await inserted();
      const results = await Promise.all(
        Array.from({ length: RACERS }, (_, racer) =>
          store.commit(JOB, [
            { kind: 'insert-attempt', row: attemptRow({ number: racer + 1 }) },
            { kind: 'replace-job', row: jobRow({ state: 'active', attempt: racer + 1 }), etag: job.etag },
          ]),
        ),
      );
      expect(results.filter((result) => result === 'done')).toHaveLength(1);
      const winner = results.indexOf('done') + 1;
      const records = await read();
      expect(records.job.row.attempt).toBe(winner);
      expect(records.attempts.map((attempt) => attempt.row.number)).toEqual([winner]);
    });

    test('a cancel is inserted once; the first one stays', async () => {
      await inserted();
      expect(await store.commit(JOB, [{ kind: 'insert-cancel', row: cancelRow() }])).toBe('done');
      const again = cancelRow({ by: 'terminated-orchestration' });
      expect(await store.commit(JOB, [{ kind: 'insert-cancel', row: again }])).toBe('changed');
      expect((await read()).cancel).toEqual(cancelRow());
    });

    test('a cancel in one transaction with a stale row is not inserted', async () => {
      const first = await admitted();
      const attempt = attemptOf(first);
      const changes: RowChange[] = [
        { kind: 'insert-cancel', row: cancelRow({ by: 'terminated-orchestration' }) },
        { kind: 'replace-attempt', row: { ...attempt.row, epoch: 2 }, etag: attempt.etag },
      ];
      await store.commit(JOB, [{ kind: 'replace-attempt', row: attempt.row, etag: attempt.etag }]);
      expect(await store.commit(JOB, changes)).toBe('changed');
      expect((await read()).cancel).toBeUndefined();
    });

    test('attempts come by number, however many', async () => {
      await inserted();
      for (const number of [10, 2, 11, 1, 12, 9]) {
        await store.commit(JOB, [{ kind: 'insert-attempt', row: attemptRow({ number }) }]);
      }
      const { attempts } = await read();
      expect(attempts.map((attempt) => attempt.row.number)).toEqual([1, 2, 9, 10, 11, 12]);
    });

    test('the rows of one job are not those of another whose id is alike', async () => {
      const other = `${JOB}0`;
      await admitted();
      await store.insert(jobRow({ jobId: other }));
      await store.commit(other, [{ kind: 'insert-cancel', row: cancelRow({ jobId: other }) }]);
      expect((await read(other)).attempts).toEqual([]);
      expect((await read()).cancel).toBeUndefined();
    });

    test('a row of another job is refused', async () => {
      await inserted();
      const change: RowChange = { kind: 'insert-cancel', row: cancelRow({ jobId: testJobId(2) }) };
      await expect(store.commit(JOB, [change])).rejects.toThrow(TerminalError);
    });

    test('a row too large for a column is refused by name', async () => {
      const refused = store.insert(jobRow({ labels: { long: 'x'.repeat(33_000) } }));
      await expect(refused).rejects.toThrow(TerminalError);
      await expect(refused).rejects.toThrow(/\/?j0*1.* 33\d{3} characters.* at most 32768/);
      expect(await store.read(JOB)).toBeUndefined();
    });

    test('a row that could not be read back is refused', async () => {
      await expect(store.insert(jobRow({ submittedAt: NaN }))).rejects.toThrow(TerminalError);
      expect(await store.read(JOB)).toBeUndefined();
    });

    test('changing what was read changes nothing in the store', async () => {
      const { row } = (await inserted()).job;
      // A store may hand out frozen rows as well as copies.
      for (const change of [
        () => (row.labels['team'] = 'changed'),
        () => row.failedPlacements.push('eastus'),
      ])
        if (Object.isFrozen(row)) expect(change).toThrow(TypeError);
        else change();
      expect((await read()).job.row).toEqual(jobRow());
    });
  });
}

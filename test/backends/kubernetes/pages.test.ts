// Lists that come in pages: those of the backend and those of the doctor.
import { z } from 'zod';

import { readList } from '../../../backends/kubernetes/doctor/read-cluster';
import { marksOf } from '../../../backends/kubernetes/marks';
import type { WireRequest, WireResponse } from '../../../standins/wire/handler';
import { refOn } from '../../contract/backend-stage';
import { apiOver } from '../../support/kubernetes/api-over';
import { NEW_YEAR } from '../../support/rows';
import { setKubernetesStage } from './kubernetes-stage';

const json = (status: number, body: unknown): WireResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Answers three pages by the token that each gives for the next. */
function inPages(items: readonly unknown[][], asked: string[]) {
  return ({ url }: WireRequest): WireResponse => {
    asked.push(url.search);
    const at = Number(url.searchParams.get('continue') ?? '0');
    const more = at + 1 < items.length ? { continue: String(at + 1) } : {};
    return json(200, { metadata: more, items: items[at] });
  };
}

const api = (handle: (request: WireRequest) => WireResponse) => apiOver(handle, 'token', () => NEW_YEAR);
const item = z.object({ name: z.string() });

test('the doctor reads all pages of a list, and keeps the query of the first', async () => {
  const asked: string[] = [];
  const pages = inPages([[{ name: 'a' }, { name: 'b' }], [], [{ name: 'c' }]], asked);
  expect(await readList(api(pages), '/api/v1/pods?fieldSelector=x%3Dy', item)).toEqual({
    kind: 'read',
    value: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
  });
  expect(asked).toEqual([
    '?fieldSelector=x%3Dy&limit=250',
    '?fieldSelector=x%3Dy&limit=250&continue=1',
    '?fieldSelector=x%3Dy&limit=250&continue=2',
  ]);
});

test('a right that ends between two pages leaves no half list', async () => {
  const pages = inPages([[{ name: 'a' }], [{ name: 'b' }]], []);
  const answer = await readList(
    api((request) => (request.url.searchParams.has('continue') ? json(403, {}) : pages(request))),
    '/api/v1/nodes',
    item,
  );
  expect(answer).toEqual({ kind: 'forbidden' });
});

test('the backend lists the workloads of all pages, by the time of the first', async () => {
  const asked: string[] = [];
  const stage = setKubernetesStage({
    intercept: (request) => (request.url.pathname.endsWith('/jobs') ? pages(request) : undefined),
  });
  const object = (n: number) => {
    const ref = refOn(stage, n);
    return { metadata: { name: ref.name, uid: `uid-${n}`, ...marksOf(ref, NEW_YEAR, NEW_YEAR + 60_000) } };
  };
  const pages = inPages([[object(1)], [object(2), object(3)]], asked);
  const { workloads, serverTime } = await stage.backend.list('owner1');
  expect(workloads.map(({ ref }) => ref.name)).toEqual([1, 2, 3].map((n) => refOn(stage, n).name));
  expect(serverTime).toBe(NEW_YEAR);
  expect(asked.map((query) => new URLSearchParams(query).get('continue'))).toEqual([null, '1']);
});

test('a list of which a page can’t be had is none', async () => {
  const pages = inPages([[], []], []);
  const stage = setKubernetesStage({
    intercept: (request) => {
      if (!request.url.pathname.endsWith('/jobs')) return undefined;
      return request.url.searchParams.has('continue')
        ? json(410, {
            kind: 'Status',
            reason: 'Expired',
            message: 'The provided continue parameter is too old.',
          })
        : pages(request);
    },
  });
  await expect(stage.backend.list('owner1')).rejects.toThrow(
    'The cluster did not answer the list of jobs: HTTP 410 Expired The provided continue parameter is too old.',
  );
});

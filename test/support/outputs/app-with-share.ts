// The app over memory with one placement that keeps outputs on a share.
import type { AciPlacement } from '../../../backends/aci/placement';
import type { Shares } from '../../../domain/ports/shares';
import { type TestApp, testApp } from '../app/test-app';
import { MemoryOutputLists } from '../memory/memory-output-lists';
import { mountingFacts } from '../mounting-facts';
import { testPlacement } from '../placements';

/** `url`: of the share. Its placement mounts folders of volumes. */
export function appWithShare(share: { readonly url: string; readonly shares: Shares }): TestApp {
  const placement: AciPlacement = testPlacement({
    volumes: { results: { share: { url: share.url, keyRef: 'acct-key' } } },
    outputs: { volume: 'results' },
  });
  return testApp({
    placements: [placement],
    factsOf: () => mountingFacts(),
    shares: share.shares,
    outputLists: new MemoryOutputLists(),
  });
}

// The contract of every OwnerStore.
import { randomBytes } from 'node:crypto';

import type { OwnerStore } from '../../domain/owner';
import type { RandomBytes } from '../../storage/rows/mint-owner';

/** @param makeDeployment makes a maker of stores that share one storage account. */
export function describeOwnerStore(
  name: string,
  makeDeployment: () => (randomBytes: RandomBytes) => OwnerStore,
): void {
  describe(`${name} as an owner store`, () => {
    let make: (randomBytes: RandomBytes) => OwnerStore;
    beforeEach(() => {
      make = makeDeployment();
    });

    test('mints an id of 12 letters and digits and a key of 32 bytes', async () => {
      const owner = await make(randomBytes).get();
      expect(owner.id).toMatch(/^[a-z0-9]{12}$/);
      expect(owner.key).toMatch(/^[0-9a-f]{64}$/);
    });

    test('mints from nothing but the random bytes it is given', async () => {
      const owner = await make((size) => Buffer.alloc(size, 7)).get();
      expect(owner).toEqual({ id: '1hjoyjf1wg7b', key: '07'.repeat(32) });
    });

    test('instances that start at once agree on one owner', async () => {
      const owners = await Promise.all(Array.from({ length: 6 }, () => make(randomBytes).get()));
      expect(new Set(owners.map((owner) => `${owner.id} ${owner.key}`)).size).toBe(1);
    });

    test('a later start finds the owner that the first one minted', async () => {
      const first = await make(randomBytes).get();
      expect(await make(randomBytes).get()).toEqual(first);
    });

    test('another deployment is another owner', async () => {
      const other = makeDeployment();
      expect(await other(randomBytes).get()).not.toEqual(await make(randomBytes).get());
    });
  });
}

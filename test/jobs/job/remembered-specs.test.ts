// Specs that are read again and again.
import type { JobSpec } from '../../../domain/spec/job-spec';
import { createRememberedSpecs } from '../../../jobs/job/remembered-specs';

test('each is fetched once while it is among the latest, and a fetch that failed is repeated', async () => {
  const asked: string[] = [];
  let isDown = true;
  const get = (hash: string): Promise<JobSpec> => {
    asked.push(hash);
    return isDown ? Promise.reject(new Error('down')) : Promise.resolve({ image: hash });
  };
  const specs = createRememberedSpecs({ get }, 2);
  await expect(specs.get('a')).rejects.toThrow('down');
  isDown = false;
  for (const hash of ['a', 'a', 'b', 'a', 'c', 'a', 'b'])
    expect(await specs.get(hash)).toEqual({ image: hash });
  expect(asked).toEqual(['a', 'a', 'b', 'c', 'b']);
});

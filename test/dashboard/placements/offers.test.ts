import { offersInWords } from '../../../dashboard/placements/offers';

test('what a placement offers by name is told in a line', () => {
  const volumes = [
    { name: 'results', readOnly: false },
    { name: 'data', readOnly: true },
  ];
  const identities = [{ name: 'trainer' }];
  expect(offersInWords({ volumes, identities, outputs: 'volume', checkpoints: true })).toBe(
    'volumes results, data (read only); identity trainer; outputs in a folder, checkpoints',
  );
  expect(offersInWords({ volumes: [], identities: [], outputs: 'none', checkpoints: false })).toBe(
    'no outputs',
  );
});

import { createPlaces } from '../../../cli/outputs/local-names';

test('an output goes where its path says', () => {
  expect(createPlaces()('model/weights.bin')).toEqual({
    kind: 'placed',
    segments: ['model', 'weights.bin'],
    renamed: false,
  });
});

test.each([
  '../escaped',
  'a/../../escaped',
  '/etc/passwd',
  'a//b',
  './a',
  'a\\..\\b',
  'C:/x',
  'nul\0byte',
  'a\nb',
  'CON',
  'aux.txt',
  'ends with a dot.',
  'ends with a space ',
  '',
])('%j is refused, because it could lead elsewhere or is no name everywhere', (path) => {
  expect(createPlaces()(path)).toMatchObject({ kind: 'refused' });
});

test.each([
  ['Model.bin', 'model.bin'],
  ['caf\u00e9', 'cafe\u0301'],
])('%j and %j, which some file systems hold for one, get two places', (first, second) => {
  const place = createPlaces();
  expect(place(first)).toMatchObject({ segments: [first], renamed: false });
  expect(place(second)).toMatchObject({ segments: [`${second}~2`], renamed: true });
  expect(place(`${second}~2`)).toMatchObject({ segments: [`${second}~2~2`], renamed: true });
});

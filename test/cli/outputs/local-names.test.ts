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
  'com1 .txt',
  'LPT².log',
  'conin$',
  'model/nul',
  'a\u001b[2Jb',
  'a\u009b2Jb',
  'a\u007fb',
  '..\\..\\escaped',
  'file:stream',
  'ends with a dot.',
  'ends with a space ',
  '',
])('%j is refused, because it could lead elsewhere or is no name everywhere', (path) => {
  expect(createPlaces()(path)).toMatchObject({ kind: 'refused' });
});

test.each([
  ['Model.bin', 'model.bin'],
  ['caf\u00e9', 'cafe\u0301'],
  ['straße', 'STRASSE'],
  ['ſtep', 'Step'],
  ['model', 'mo\u200bdel'],
  ['Kelvin', '\u212aelvin'],
])('%j and %j, which some file systems hold for one, get two places', (first, second) => {
  const place = createPlaces();
  expect(place(first)).toMatchObject({ segments: [first], renamed: false });
  expect(place(second)).toMatchObject({ segments: [`${second}~2`], renamed: true });
  expect(place(`${second}~2`)).toMatchObject({ segments: [`${second}~2~2`], renamed: true });
});

test.each([
  'COMPASS',
  'nullable.txt',
  'con-fig',
  'auxiliary',
  'com10.bin',
  '模型.bin',
  'a b',
  '.complete',
  '~',
  '-rf',
])('%j is a name like any other', (path) =>
  expect(createPlaces()(path)).toMatchObject({ kind: 'placed', segments: [path], renamed: false }),
);

test('twins of folders stay beside each other, and no file takes the place of another', () => {
  const place = createPlaces();
  expect(place('Model/a')).toMatchObject({ segments: ['Model', 'a'] });
  expect(place('model/a')).toMatchObject({ segments: ['model', 'a~2'], renamed: true });
  expect(place('model/b')).toMatchObject({ segments: ['model', 'b'] });
});

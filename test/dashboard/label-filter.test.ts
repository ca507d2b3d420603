import { labelsOf, labelsText } from '../../dashboard/list/label-filter';

test.each([
  ['team=vision run=7', { team: 'vision', run: '7' }],
  ['note="a b" x=', { note: 'a b', x: '' }],
  ['a=b=c', { a: 'b=c' }],
])('%j is labels, and is shown as it was typed', (text, labels) => {
  expect(labelsOf(text)).toEqual(labels);
  expect(labelsText(JSON.stringify(labels))).toBe(text);
});

test('what is no object of labels is shown as it is', () => {
  expect(labelsText('{')).toBe('{');
  expect(labelsText('1')).toBe('1');
});

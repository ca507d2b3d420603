import { toTypedData } from '../../../../standins/functions-host/app/typed-data';

test.each([
  ['text', { string: 'text' }],
  ['', { string: '' }],
  [Buffer.from('ab'), { bytes: Buffer.from('ab') }],
  [5, { json: '5' }],
  [true, { json: 'true' }],
  [{ a: [1] }, { json: '{"a":[1]}' }],
  [null, {}],
  [undefined, {}],
])('%j is packed as %j', (value, packed) => {
  expect(toTypedData(value)).toEqual(packed);
});

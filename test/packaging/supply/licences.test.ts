import { noticesOf } from '../../../packaging/supply/notices';
import type { ShippedPackage } from '../../../packaging/supply/shipped-packages';

const good: ShippedPackage = {
  name: 'good',
  version: '1.0.0',
  licence: 'MIT',
  texts: ['Copyright A\r\nPermission is granted', 'NOTICE of A'],
};

test('the notices name each package, its licence and its texts', () => {
  const notices = noticesOf([good, { ...good, name: 'bare', licence: 'ISC', texts: [] }]);
  expect(notices).toContain(
    'good@1.0.0\nLicence: MIT\n\nCopyright A\nPermission is granted\n\nNOTICE of A\n\n----',
  );
  expect(notices).toContain('bare@1.0.0\nLicence: ISC\n\nThe package holds no text of it.');
});

test.each([
  ['one that asks for more', 'GPL-3.0-only'],
  ['a choice, which nobody has made yet', 'MIT OR GPL-3.0-only'],
  ['words of its own', 'SEE LICENSE IN LICENSE.md'],
  ['none', undefined],
])('a package is not shipped with a licence that is %s', (_, licence) => {
  expect(() => noticesOf([good, { ...good, name: 'other', licence }])).toThrow(
    `not on the list: other@1.0.0 (${licence ?? 'no licence'})`,
  );
});

// The notices that go with a bundle: each package in it, under which licence, with that licence's text.
import { refuseLicences } from './licences';
import { labelOf, type ShippedPackage } from './shipped-packages';

const INTRODUCTION = `THIRD-PARTY NOTICES

This package holds code of the packages below. Each stands under its own licence.`;

const RULE = '-'.repeat(80);

/** Throws where a licence is not allowed (licences.ts). */
export function noticesOf(packages: readonly ShippedPackage[]): string {
  refuseLicences(packages);
  return `${[INTRODUCTION, ...packages.map(noticeOf)].join(`\n\n${RULE}\n\n`)}\n`;
}

function noticeOf({ name, version, licence = '', texts }: ShippedPackage): string {
  const said = texts.map((text) => text.replaceAll('\r\n', '\n').trim());
  const text = said.length === 0 ? ['The package holds no text of it.'] : said;
  return [`${labelOf({ name, version })}\nLicence: ${licence}`, ...text].join('\n\n');
}

// Pictures of one view: light, dark, and as wide as a phone, where the page must not be wider than the screen.
import type { Page } from 'playwright-core';

import { takePicture } from './chromium';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** `name-light`, `name-dark` and `name-phone`. Throws where the page is wider than a phone. */
export async function pictureEach(page: Page, name: string): Promise<void> {
  await page.setViewportSize(DESK);
  await takePicture(page, `${name}-light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await takePicture(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(PHONE);
  await takePicture(page, `${name}-phone`);
  const fits = await page.evaluate('document.documentElement.scrollWidth <= innerWidth');
  await page.setViewportSize(DESK);
  if (fits !== true) throw new Error(`${name} is wider than a phone.`);
}

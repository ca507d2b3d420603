// A step of `npm run build`: puts the dashboard's page beside the compiled function that serves it.
import { join, resolve } from 'node:path';

import { writeFolder } from '../write-folder';
import { DASHBOARD_FOLDER } from './folder';
import { bundleDashboard } from './page';

/** Compiled it stands in dist/packaging/dashboard/. */
const ROOT = resolve(__dirname, '..', '..', '..');

void bundleDashboard(ROOT).then(({ files }) =>
  writeFolder(join(ROOT, 'dist', 'functions', 'http', DASHBOARD_FOLDER), files),
);

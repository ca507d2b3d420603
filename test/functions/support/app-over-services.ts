// The app's own entry point, loaded with the services of a test in the place of those that the settings would make;
// once a process.
import { resolve } from 'node:path';

import { z } from 'zod';

import { provideCoreModule } from '../../../standins/functions-host/app/core-module-hook';
import {
  createCoreModule,
  emptyRegistrations,
  type Registrations,
} from '../../../standins/functions-host/app/core-shim';

export async function appOverServices(services: object): Promise<Registrations> {
  const file = require.resolve('../../../app/services');
  const real = z.record(z.string(), z.unknown()).parse({ ...(await import(file)) });
  const stored = require.cache[file];
  if (stored === undefined) throw new Error(`${file} is not loaded by require.`);
  stored.exports = { ...real, createServices: () => services };

  const registrations = emptyRegistrations();
  provideCoreModule(createCoreModule(registrations, () => undefined));
  await import(resolve(__dirname, '../../../functions/index'));
  return registrations;
}

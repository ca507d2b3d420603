// Loads what of the app a command runs by itself, without the running app, when it runs (like load.ts).
import type * as Doctor from '../app/doctor';
import type * as Maintenance from '../app/maintenance';
import { needAzureClients } from './azure-clients';

/* eslint-disable @typescript-eslint/no-require-imports -- lazy loads, as in load.ts */
/** Each throws a CliError where the clients of Azure are not installed. */
export const loadApp = {
  maintenance: (): typeof Maintenance => {
    needAzureClients();
    return require('../app/maintenance') as typeof Maintenance;
  },
  doctor: (): typeof Doctor => {
    needAzureClients();
    return require('../app/doctor') as typeof Doctor;
  },
};

import { describeComputeBackend } from '../../contract/compute-backend';
import { setContainerAppsStage } from './container-apps-stage';

describeComputeBackend('Container Apps', () => setContainerAppsStage());

import { describeComputeBackend } from '../../contract/compute-backend';
import { setKubernetesStage } from './kubernetes-stage';

describeComputeBackend('Kubernetes over its stand-in', () => setKubernetesStage());

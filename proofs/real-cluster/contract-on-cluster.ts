// The contract suite on a real cluster, one namespace a test. `npm run real-cluster` runs it and says where.
import { describeComputeBackend } from '../../test/contract/compute-backend';
import { realCluster } from './real-cluster';
import { podSecurityFor, setRealStage } from './real-stage';
import { readRun } from './run';
import { makeNamespace, removeNamespace, type TestNamespace } from './test-namespace';

const { kubeconfig, id, settings } = readRun(process.env);
const admin = realCluster(kubeconfig);
let namespace: TestNamespace | undefined;

beforeEach(async () => {
  namespace = await makeNamespace(admin, kubeconfig, id, podSecurityFor(settings.image));
});

afterEach(async () => {
  // What is left when the run ends is deleted then.
  if (namespace !== undefined) await removeNamespace(admin, namespace.name);
  namespace = undefined;
});

describeComputeBackend('Kubernetes on a real cluster', () => setRealStage(admin, () => namespace, settings));

import { paintFor } from '../../../standins/stack/demo/paint';
import { welcome } from '../../../standins/stack/welcome';

const STACK = {
  functionsUrl: 'http://127.0.0.1:7071',
  emulatorUrl: 'http://127.0.0.1:7072',
  storage: { blob: 'http://b', queue: 'http://q', table: 'http://t' },
  stateFolder: '/repository/.gpu-jobs',
  logsFolder: '/repository/.gpu-jobs/logs',
};
const told = (stack: Parameters<typeof welcome>[0]): string => welcome(stack, paintFor(false), '/repository');

test('shows how to point az at the stack where it speaks TLS, by a path that holds in any folder', () => {
  const tls = { url: 'https://localhost:7443', authorityFile: '/repository/.gpu-jobs/tls/ca.pem' };
  const text = told({ ...STACK, tls });
  expect(text).toContain('… over TLS     https://localhost:7443');
  expect(text).toContain(
    'REQUESTS_CA_BUNDLE=/repository/.gpu-jobs/tls/ca.pem az cloud register --name gpu-jobs --endpoint-resource-manager https://localhost:7443',
  );
});

test('says nothing of TLS where there is none', () => {
  expect(told(STACK)).not.toMatch(/TLS|az cloud/);
  expect(told(STACK)).toContain('http://127.0.0.1:7071/api/jobs');
});

test('names the address of the stand-in for Container Apps where there is one', () => {
  const text = told({ ...STACK, containerAppsUrl: 'http://127.0.0.1:7074' });
  expect(text).toContain('Container Apps   http://127.0.0.1:7074');
  expect(told(STACK)).not.toContain('Container Apps');
});

test('tells how kubectl looks into the cluster where there is one', () => {
  const kubernetes = {
    url: 'http://127.0.0.1:7073',
    kubeconfigFile: '/repository/.gpu-jobs/kubeconfig.yaml',
  };
  const text = told({ ...STACK, kubernetes });
  expect(text).toContain('http://127.0.0.1:7073');
  expect(text).toContain('kubectl --kubeconfig .gpu-jobs/kubeconfig.yaml get jobs,pods -n gpu-jobs');
  expect(told(STACK)).not.toContain('kubectl');
});

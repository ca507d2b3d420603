// Groups A to J: discovery, rights, creates, lists, watches, patches, deletes, quotas, on a cluster without any node.
import type { Play, Scene } from '../scene';

const RUNNERS_JOBS = '/apis/batch/v1/namespaces/gpu-jobs/jobs';

/** One cluster's life, in the order in which it was recorded: later groups find what earlier ones made. */
export const REQUESTS: Scene = {
  name: 'requests',
  groups: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'],
  nodes: 0,
  play: async (on: Play): Promise<void> => {
    await on.ask('A02-readyz', 'A03-readyz-verbose', 'A04-api-versions', 'A05-apis-aggregated-v2');
    await on.ask('A06-apis-batch-v1', 'A07-api-v1-aggregated', 'A08-openapi-v3-index');
    await rights(on);
    await creates(on);
    await lists(on);
    await watches(on);
    await patches(on);
    await deletes(on);
    await quotas(on);
    await terminatingNamespace(on);
  },
};

async function rights(on: Play): Promise<void> {
  await on.ask('B01-401-no-token', 'B02-401-bad-token', 'B04-403-list-other-namespace');
  await on.ask(
    'B05-403-create-job',
    'B06-403-get-job-named',
    'B07-403-pod-log',
    'B09-403-cluster-scope-nodes',
  );
  await on.ask('B10-selfsubjectreview', 'B11-selfsubjectaccessreview-allowed');
  await on.ask('B12-selfsubjectaccessreview-denied', 'B13-tokenrequest');
  await on.ask('B14-sa-token-selfsubjectreview', 'B15-sa-403');
}

async function creates(on: Play): Promise<void> {
  await on.ask(
    'C01-create-tf-mnist',
    'C02-create-409-exists',
    'C03-get-job',
    'C04-get-job-status-subresource',
  );
  await on.ask('C06-create-ns-404', 'C07-create-ns-mismatch-400', 'C08-422-restartpolicy');
  await on.ask('C09-422-no-containers', 'C10-422-name', 'C11-422-name-64', 'C12-422-gpu-request-limit');
  await on.ask('C13-422-gpu-request-only', 'C14-422-gpu-fraction', 'C15-422-no-image', 'C16-env-name');
  await on.ask('C17-unknown-field-strict-400', 'C18-unknown-field-warn', 'C20-400-bad-json');
  await on.ask('C21-400-wrong-type', 'C22-400-wrong-kind', 'C23-415', 'C24-406', 'C25-yaml-body');
  await on.ask('C26-dryrun', 'C27-dryrun-then-404', 'C29-generate-name', 'C30-404-unknown-path', 'C32-405');
  await on.ask('C33-create-all-options', 'C34-podfailurepolicy-needs-never-422');
  await on.ask('D01-secret-dockerconfigjson', 'D02-secret-422', 'D03-secret-bad-base64', 'D04-secret-delete');
  await on.pass(300);
  await on.ask('E01-pods-of-job-pending', 'E02-events-of-pod', 'E04-log-unscheduled', 'E06-log-bad-params');
  await on.ask(
    'E07-log-bad-tail',
    'E08-log-bad-sincetime',
    'E09-log-limit-zero',
    'E10-log-container-unknown',
  );
}

async function lists(on: Play): Promise<void> {
  for (const name of ['list-0', 'list-1', 'list-2'])
    await on.createJob({ name, labels: ours('list'), spec: { suspend: true } });
  await on.pass(1_000);
  await on.ask(
    'F01-list-limit',
    'F02-list-continue',
    'F03-list-limit-no-selector',
    'F06-list-fieldselector-bad',
  );
  await on.ask('F07-list-labelselector-bad', 'F08-table', 'F09-partial-metadata', 'F10-bad-continue');
  await on.ask('F11-fields-jobs-status-successful', 'F12-list-rv-too-large', 'F13-list-rv-bad');
}

async function watches(on: Play): Promise<void> {
  await on.mark('286');
  await on.open('F14-watch-jobs');
  await on.createJob({ name: 'watched', labels: ours('watch'), spec: { suspend: true } });
  await on.pass(300);
  await on.send('PATCH', `${RUNNERS_JOBS}/watched`, { metadata: { annotations: { note: 'hello' } } });
  await on.send('PATCH', `${RUNNERS_JOBS}/watched`, { metadata: { labels: { batch: 'other' } } });
  await on.pass(1_000);
  await on.close('F14-watch-jobs');
  await on.ask(
    'F16-watch-no-rv',
    'F17-watch-list-initial-events',
    'F18-watch-single-name',
    'F19-watch-rv-bad',
  );
  await on.ask('F20-watch-sendinitial-no-match', 'F21-watch-rv-future', 'F22-deprecated-watch-path');
  await on.ask('F26-pretty');
}

async function patches(on: Play): Promise<void> {
  await on.ask('G02-patch-immutable-422', 'G03-patch-template-suspended');
  await on.send('PATCH', `${RUNNERS_JOBS}/list-0`, { metadata: { annotations: { a: '1' } } });
  await on.ask('G04-json-patch', 'G05-json-patch-test-fails', 'G06-patch-415');
  await on.send('PATCH', `${RUNNERS_JOBS}/list-1`, { metadata: { annotations: { a: '1' } } });
  await on.ask('G07-put-409-conflict', 'G08-apply-create');
  await on.pass(1);
  await on.ask('G09-apply-again', 'G10-apply-conflict-409', 'G11-patch-404');
}

async function deletes(on: Play): Promise<void> {
  await on.ask('H01-delete-default');
  await on.send('DELETE', `${RUNNERS_JOBS}/list-1?propagationPolicy=Background`);
  await on.ask('H03-delete-404', 'H04-delete-uid-409', 'H05-delete-dryrun', 'H06-delete-uid-ok');
  await on.ask('H07-delete-bad-policy');
  await on.mark('307');
  await on.open('H11-watch-job-foreground-delete', 'H12-watch-pods-foreground-delete');
  await on.ask('H08-delete-foreground', 'H09-get-while-deleting');
  await on.pass(900);
  await on.close('H11-watch-job-foreground-delete', 'H12-watch-pods-foreground-delete');
  await on.ask('H13-delete-collection');
  await on.pass(1_000);
  await on.ask('F25-list-metadata-gzip');
}

async function quotas(on: Play): Promise<void> {
  await on.ask('I01-quota-get', 'I02-pod-quota-403', 'I03-pod-quota-must-specify-403');
  await on.ask('I04-job-accepted-over-quota');
  await on.pass(100);
  await on.ask('I05-event-failedcreate', 'I06-job-over-quota-status');
  await on.createJob({ name: 'two', namespace: 'gpu-quota', spec: { suspend: true } });
  await on.ask('I07-job-count-quota-403');
}

/** What holds the namespace is a pod whose node is gone: nothing ends it. */
async function terminatingNamespace(on: Play): Promise<void> {
  await on.send('POST', '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'gone' },
  });
  await on.ask('J01-ns-delete', 'J02-create-in-terminating-ns-403');
}

function ours(batch: string): Record<string, string> {
  return { 'app.kubernetes.io/managed-by': 'gpu-job-runner', batch };
}

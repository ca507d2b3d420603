// Kubernetes Jobs and Pods -> a draft of the spec.
import { SPEC_ANNOTATION } from '../../manifests/spec-annotation';
import type { ParseOptions } from '../document';
import { Draft } from '../draft';
import type { DraftedDocument, FormatParser } from '../format-parser';
import { draftIdentity, withoutSlash } from '../offered';
import type { Reader } from '../reader';
import { draftEnvironment, type Environment, expandedText } from './environment';
import { checkFields } from './field-rules';
import { findJob, type FoundJob, isKubernetesObject } from './find-job';
import { draftSku } from './gpu-sku';
import { JOB_RULES, METADATA_RULES, OBJECT_RULES, TEMPLATE_RULES } from './job-rules';
import { checkGates, checkPodGroup, checkSuspend } from './kueue';
import { CONTAINER_RULES, POD_RULES } from './pod-rules';
import { draftResources } from './resources';
import { checkRestartPolicy } from './restart-policy';
import { draftRetry } from './retries';
import { shown } from './shown';
import { draftAnnotation, saidBy, type SaidSpec, tellsRunningDeadline } from './spec-annotation';
import { draftVolumes } from './volumes';

export const kubernetes: FormatParser = {
  format: 'kubernetes',
  readBy: 'kubectl',
  recognises: (documents) => documents.some(isKubernetesObject),
  draft: (stream, options) => {
    const job = findJob(stream);
    return job === undefined ? undefined : draftJob(job, options);
  },
};

function draftJob(
  { kind, object, index, configMaps }: FoundJob,
  options: ParseOptions,
): DraftedDocument | undefined {
  checkFields(object, OBJECT_RULES, `a ${kind}`);
  const job = object.at('spec');
  if (kind === 'Job') {
    checkFields(job, JOB_RULES, "a Job's spec");
    checkFields(job.at('template'), TEMPLATE_RULES, "a pod's template");
    checkSuspend(job.at('suspend'), object.at('metadata').at('labels'));
  }
  const pod = kind === 'Job' ? job.at('template').at('spec') : job;
  checkFields(pod, POD_RULES, "a pod's spec");
  checkGates(pod.at('schedulingGates'));
  checkPodGroup(object.at('metadata').at('annotations'));
  const container = onlyContainer(pod);
  if (container === undefined) return undefined;

  const draft = new Draft(container);
  draftContainer(container, draft, configMaps);
  draftVolumes(pod.at('volumes'), container.at('volumeMounts'), draft);
  draftServiceAccount(pod, draft);
  checkRestartPolicy(kind, pod, options);
  const said = saidBy(object.at('metadata').at('annotations').at(SPEC_ANNOTATION));
  if (!tellsRunningDeadline(said)) draftRunningDeadline(kind === 'Job' ? [job, pod] : [pod], draft);
  if (kind === 'Job' && said['retry'] === undefined) draftRetry(job, draft);
  draftNodes(pod, draft);
  draftMetadata(object.at('metadata'), said, draft);
  checkPullSecrets(pod.at('imagePullSecrets'), said, draft);
  draftSku(container.at('resources').at('limits'), draft);
  return { index, draft: draft.spec };
}

function onlyContainer(pod: Reader): Reader | undefined {
  const containers = pod.at('containers');
  const all = containers.present ? containers.items() : [];
  if (all.length === 1) return all[0];
  const names = all.map((container) => shown(container.at('name').value) ?? 'without name').join(', ');
  if (all.length === 0) pod.problem('has no container');
  else
    containers.problem(
      `are ${all.length} (${names}): a job is one container; put what the others do into its image or command`,
    );
  return undefined;
}

function draftContainer(container: Reader, draft: Draft, configMaps: FoundJob['configMaps']): void {
  checkFields(container, CONTAINER_RULES, 'a container');
  const environment = draftEnvironment(container, draft, configMaps);
  const workingDir = container.at('workingDir');
  const directory = workingDir.present ? workingDir.text() : undefined;
  if (directory !== undefined && directory !== '')
    draft.set('workingDir', withoutSlash(directory), workingDir);
  const image = container.at('image');
  if (image.present) draft.set('image', image.text(), image);
  else container.problem('names no image');
  for (const field of ['command', 'args']) draftWords(container.at(field), field, environment, draft);
  draftResources(container.at('resources'), draft);
}

function draftWords(words: Reader, field: string, environment: Environment, draft: Draft): void {
  if (!words.present) return;
  const items = words.items();
  if (items.length === 0) return;
  draft.set(
    field,
    items.flatMap((item) => expandedText(item, environment) ?? []),
    words,
  );
  for (const [at, item] of items.entries()) draft.came([field, String(at)], item);
}

/** The shortest of the deadlines: that of the Job, that of its pod. */
function draftRunningDeadline(of: readonly Reader[], draft: Draft): void {
  const deadlines = of
    .map((reader) => reader.at('activeDeadlineSeconds'))
    .flatMap((from) => {
      const seconds = from.present ? from.number() : undefined;
      return seconds === undefined ? [] : [{ from, seconds }];
    })
    .toSorted((a, b) => a.seconds - b.seconds);
  const [shortest] = deadlines;
  if (shortest === undefined) return;
  draft.set('deadlines', { running: shortest.seconds }, shortest.from);
  draft.came(['deadlines', 'running'], shortest.from);
  shortest.from.translated(
    'bounds how long the program runs (`deadlines.running`); waiting, provisioning and pulling have deadlines of their own',
  );
}

function draftNodes(pod: Reader, draft: Draft): void {
  const selector = pod.at('nodeSelector');
  const tolerations = pod.at('tolerations');
  const os = selector.at('kubernetes.io/os');
  if (os.value === 'windows') os.problem('is refused: jobs run on Linux');
  const kept = [
    ...(selector.present ? ([['nodeSelector', selector]] as const) : []),
    ...(tolerations.present ? ([['tolerations', tolerations]] as const) : []),
  ];
  if (kept.length === 0) return;
  draft.set('kubernetes', Object.fromEntries(kept.map(([name, { value }]) => [name, value])), pod);
  for (const [name, reader] of kept) {
    draft.came(['kubernetes', name], reader);
    reader.translated('is kept for placements on a cluster; others have no nodes to choose from');
  }
}

function draftMetadata(metadata: Reader, said: SaidSpec, draft: Draft): void {
  checkFields(metadata, METADATA_RULES, 'metadata');
  const name = metadata.at('name');
  const generated = metadata.at('generateName');
  if (name.present) draft.set('name', name.text(), name);
  else if (generated.present) draft.set('name', generated.text()?.replace(/-+$/, ''), generated);
  const labels = metadata.at('labels');
  if (labels.present && labels.isMapping()) {
    draft.set('labels', labels.value, labels);
    for (const key of labels.keys()) draft.came(['labels', key], labels.at(key));
  }
  const annotations = metadata.at('annotations');
  if (annotations.present && annotations.isMapping()) {
    const others = annotations.keys().filter((key) => key !== SPEC_ANNOTATION);
    if (others.length > 0) annotations.ignored(`have no effect, but for ${SPEC_ANNOTATION}`);
  }
  draftAnnotation(said, annotations.at(SPEC_ANNOTATION), draft);
}

/** A pod without one is of the account `default`, which stands for nobody. */
function draftServiceAccount(pod: Reader, draft: Draft): void {
  const [named, old] = [pod.at('serviceAccountName'), pod.at('serviceAccount')];
  const from = named.present && named.value !== '' ? named : old;
  if (named.present && old.present && named.value !== old.value)
    old.problem('differs from serviceAccountName; leave it out');
  const account = from.present ? from.text() : undefined;
  if (account === undefined || account === '' || account === 'default') return;
  draftIdentity(draft, from, account, { serviceAccount: account });
}

function checkPullSecrets(secrets: Reader, said: SaidSpec, draft: Draft): void {
  if (!secrets.present || secrets.items().length === 0) return;
  const names = secrets.items().flatMap((secret) => shown(secret.at('name').value) ?? []);
  if (draft.get('registry') === undefined && said['placements'] !== undefined)
    secrets.warning(
      `are not taken along: the placements that the annotation names must have them, "imagePullSecrets": ${JSON.stringify(names)}`,
    );
  else if (draft.get('registry') === undefined)
    secrets.problem(
      `are refused: they lie in a cluster that the job may not run in. Name the registry in the annotation ${SPEC_ANNOTATION}, such as {"registry":{"server":"example.azurecr.io","identity":"…"}}; or name there the placements on that cluster, {"placements":["…"]}, and have them pull with "imagePullSecrets": ${JSON.stringify(names)}`,
    );
  else secrets.ignored(`have no effect: the registry is named in the annotation ${SPEC_ANNOTATION}`);
}

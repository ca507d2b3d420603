import { placementSchema } from '../../../backends/backends';
import { offeredGpus } from '../../../domain/placement/offered-gpus';
import { kubernetesManifest } from '../../../formats/kubernetes/manifest';
import { jobWith, problemsOf, taken } from './support';

const CLUSTER = {
  name: 'cluster',
  backend: 'kubernetes',
  cluster: { inCluster: true },
  namespace: 'gpu-jobs',
  limits: { workloads: 4, creates: [] },
};
const limits = (name: string, count = 1) => ({ container: { resources: { limits: { [name]: count } } } });
const annotated = (sku: string) => ({
  annotations: { 'gpu-job-runner/spec': JSON.stringify({ gpu: { sku } }) },
});

describe('a limit of slices', () => {
  test('asks for the SKU of that name, and says what would offer it', () => {
    const text = jobWith(limits('nvidia.com/mig-1g.10gb', 2));
    expect(taken(text).spec.gpu).toEqual({ count: 2, sku: 'mig-1g.10gb' });
    const notes = taken(text)
      .notes.map(({ message }) => message)
      .join();
    expect(notes).toContain('"gpus": [{"sku":"mig-1g.10gb","counts":[2]}]');
    expect(notes).not.toContain('names no SKU');
  });

  test('is answered by a placement with the entry that the note shows', () => {
    const gpus = [{ sku: 'mig-1g.10gb', counts: [2] }];
    const placement = placementSchema.parse({ ...CLUSTER, gpus });
    const { gpu } = taken(jobWith(limits('nvidia.com/mig-1g.10gb', 2))).spec;
    expect(gpu && offeredGpus(gpu, placement)).toEqual([{ count: 2, sku: 'mig-1g.10gb' }]);
    expect(offeredGpus({ count: 2 }, placement)).toEqual([]);
  });

  test('asks for another SKU where the annotation names one', () => {
    const job = { ...limits('nvidia.com/mig-3g.40gb'), metadata: annotated('A100-half') };
    expect(taken(jobWith(job)).spec.gpu).toEqual({ count: 1, sku: 'A100-half' });
  });

  test('comes back from the manifest of its spec', () => {
    const { spec } = taken(jobWith(limits('nvidia.com/mig-1g.10gb.me', 2)));
    const { text } = kubernetesManifest(spec);
    expect(text).toContain('nvidia.com/mig-1g.10gb.me: 2');
    expect(text).not.toContain('nvidia.com/gpu');
    expect(taken(text).spec.gpu).toEqual({ count: 2, sku: 'mig-1g.10gb.me' });
  });
});

describe('a limit that does not say which GPU it is', () => {
  test.each(['amd.com/gpu', 'nvidia.com/gpu.shared'])('%s is refused with what would work', (name) => {
    const [problem = ''] = problemsOf(jobWith(limits(name, 2)));
    const [, entry = ''] = /"gpus": (\[.*\])$/.exec(problem) ?? [];
    const [, annotation = '{}'] = /such as (\{.*?\}\})/.exec(problem) ?? [];
    const placement = placementSchema.parse({ ...CLUSTER, gpus: JSON.parse(entry) as unknown });
    const job = { ...limits(name, 2), metadata: { annotations: { 'gpu-job-runner/spec': annotation } } };
    const { gpu } = taken(jobWith(job)).spec;
    expect(gpu && offeredGpus(gpu, placement)).toEqual([gpu]);
    expect(offeredGpus({ count: 2 }, placement)).toEqual([]);
  });
});

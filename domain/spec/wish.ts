// What of a spec decides where it can run.
import type { JobSpec } from './job-spec';

export type Wish = Partial<
  Pick<
    JobSpec,
    | 'image'
    | 'command'
    | 'args'
    | 'workingDir'
    | 'env'
    | 'registry'
    | 'gpu'
    | 'resources'
    | 'identity'
    | 'volumes'
    | 'scratch'
    | 'outputs'
    | 'checkpoints'
    | 'deadlines'
  >
>;

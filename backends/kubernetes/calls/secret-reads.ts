// The Secrets of a workload as far as they matter: their marks. Their values are not asked for.
import { z } from 'zod';

import type { WorkloadRef } from '../../../domain/ports/compute-backend';
import { areOurs } from '../../workload-marks';
import { isAbsent } from '../read-failure';
import { type Metadata, metadataSchema } from '../reading/objects';
import { readBy } from '../reading/read-answer';
import { secretNamesOf } from '../secret-names';
import type { Cluster } from './cluster-of';
import { objectPath } from './paths';

/** Answers with metadata alone (docs/facts/kubernetes.md#metadata-alone). */
export const METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

export interface FoundSecret {
  readonly metadata: Metadata;
  readonly isOurs: boolean;
}

const objectSchema = z.object({ metadata: metadataSchema });

/** Those of the names that the workload's Secrets have. Rejects where one can't be read. */
export async function findSecrets(cluster: Cluster, ref: WorkloadRef): Promise<readonly FoundSecret[]> {
  const found = await Promise.all(secretNamesOf(ref.name).map((name) => findSecret(cluster, name, ref)));
  return found.filter((secret) => secret !== undefined);
}

/** Undefined where no Secret has the name. Rejects where it can't be read. */
export async function findSecret(
  cluster: Cluster,
  name: string,
  ref: WorkloadRef,
): Promise<FoundSecret | undefined> {
  const path = objectPath(cluster.namespace, 'secrets', name);
  const answer = await cluster.send({ method: 'GET', path, accept: METADATA });
  if (isAbsent(answer, { kind: 'secrets', name })) return undefined;
  const { metadata } = readBy(objectSchema, answer, `the GET of Secret ${name}`);
  return { metadata, isOurs: areOurs(metadata.labels, ref) };
}

// Tokens of a pod's service account, as files of a projected volume.
import type { Clock } from '../../kernel/clock';
import type { Random } from '../../kernel/random';
import { ISSUER, writeServiceToken } from '../access/service-token';
import type { Pod } from '../model/pod';
import { textAt } from '../store/json';
import type { ObjectStore } from '../store/object-store';

export interface TokenPorts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly random: Random;
}

type Sources = NonNullable<NonNullable<NonNullable<Pod['spec']['volumes']>[number]['projected']>['sources']>;

/** As long as a token without a time of its own lives, seconds. */
const TOKEN_LIVES = 3_600;

/** The tokens alone: other sources of the volume are left out. They are not renewed. */
export function projectedTokens(
  { store, clock, random }: TokenPorts,
  { metadata: { namespace = '' }, spec }: Pod,
  sources: Sources,
): ReadonlyMap<string, Buffer> {
  const name = textAt(spec, 'serviceAccountName') ?? 'default';
  const uid = store.get({ resource: 'serviceaccounts', namespace, name })?.metadata.uid ?? '';
  const issuedAt = clock.now();
  return new Map(
    sources.flatMap(({ serviceAccountToken: wanted }): [string, Buffer][] => {
      if (!wanted) return [];
      const { path, audience = ISSUER, expirationSeconds = TOKEN_LIVES } = wanted;
      const expiresAt = issuedAt + expirationSeconds * 1_000;
      const id = random.hex(32);
      const token = { namespace, name, uid, id, issuedAt, expiresAt, audiences: [audience] };
      return [[path, Buffer.from(writeServiceToken(token))]];
    }),
  );
}

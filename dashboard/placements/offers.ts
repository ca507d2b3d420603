// The names that a placement offers to specs, in words.

/** As GET /api/placements tells them, where it does. */
export interface Offers {
  readonly volumes: readonly { readonly name: string; readonly readOnly: boolean }[];
  readonly identities: readonly { readonly name: string }[];
  readonly outputs: 'volume' | 'address' | 'none';
  readonly checkpoints: boolean;
}

const OUTPUTS: Readonly<Record<Offers['outputs'], string>> = {
  volume: 'outputs in a folder',
  address: 'outputs to an address',
  none: 'no outputs',
};

/** `volumes results, data (read only); identity trainer; outputs in a folder, checkpoints`. */
export function offersInWords({ volumes, identities, outputs, checkpoints }: Offers): string {
  const mounts = volumes.map(({ name, readOnly }) => (readOnly ? `${name} (read only)` : name));
  const who = identities.map(({ name }) => name);
  return [
    ...(mounts.length === 0 ? [] : [`${mounts.length === 1 ? 'volume' : 'volumes'} ${mounts.join(', ')}`]),
    ...(who.length === 0 ? [] : [`${who.length === 1 ? 'identity' : 'identities'} ${who.join(', ')}`]),
    `${OUTPUTS[outputs]}${checkpoints ? ', checkpoints' : ''}`,
  ].join('; ');
}

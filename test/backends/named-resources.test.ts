import { placementSchema } from '../../backends/backends';
import { parseUntrusted } from '../../domain/parse/parse-untrusted';
import { problemsOf } from '../../domain/spec/job-spec';
import { containerAppsPlacement } from '../support/container-apps-placement';
import { testPlacement } from '../support/placements';
import { barePlacement } from './kubernetes/bare-placement';

const URL = 'https://account.file.core.windows.net/results';
const SHARE = { url: URL, keyRef: 'results-key' };
const ID =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/trainer';
const CLIENT = '00000000-0000-0000-0000-000000000002';

/** Placements of each kind that offer an identity, and outputs on a volume. */
const OFFERING = {
  aci: {
    ...testPlacement(),
    identities: { trainer: { id: ID, clientId: CLIENT, images: ['team.azurecr.io/*'] } },
    volumes: { results: { share: SHARE } },
  },
  'container-apps': {
    ...containerAppsPlacement(),
    identities: { trainer: { id: ID } },
    volumes: { results: { storage: 'results', share: { url: URL } } },
  },
  kubernetes: {
    ...barePlacement,
    identities: { trainer: { serviceAccount: 'trainer' } },
    volumes: {
      results: { claim: 'results', share: SHARE },
      data: {
        csi: { driver: 'file.csi.azure.com', attributes: { shareName: 'data' }, secretName: 'data-key' },
        readOnly: true,
      },
    },
  },
};
const KINDS = ['aci', 'container-apps', 'kubernetes'] as const;

function problems(placement: object): string[] {
  const parsed = parseUntrusted(placementSchema, placement);
  return parsed.success
    ? []
    : problemsOf(parsed.error).map(({ pointer, message }) => `${pointer} ${message}`);
}

describe.each(KINDS)('a placement on %s', (kind) => {
  const placement = { ...OFFERING[kind], outputs: { volume: 'results' } };

  test('may offer identities, volumes and outputs', () => {
    expect(problems(placement)).toEqual([]);
    expect(problems({ ...placement, checkpoints: { volume: 'results' } })).toEqual([]);
  });

  test('keeps outputs and checkpoints on a volume of its own that jobs write and the app reads', () => {
    expect(problems({ ...placement, outputs: { volume: 'constructor' } })).toEqual([
      expect.stringMatching(
        /^\/outputs\/volume is "constructor", must be one of the placement's volumes: results/,
      ),
    ]);
    const results = placement.volumes.results;
    expect(problems({ ...placement, volumes: { results: { ...results, readOnly: true } } })).toEqual([
      '/outputs/volume is "results", which is "readOnly": no job could write there',
    ]);
    expect(problems({ ...placement, checkpoints: { volume: 'gone' } })).toEqual([
      expect.stringMatching(/^\/checkpoints\/volume is "gone", must be one/),
    ]);
  });

  test('may leave out where outputs are kept, or keep none', () => {
    expect(problems(OFFERING[kind])).toEqual([]);
    expect(problems({ ...placement, outputs: 'none' })).toEqual([]);
    expect(problems({ ...placement, outputs: 'nothing' })).toEqual([
      '/outputs is "nothing", must be "none" or an object',
    ]);
  });

  test('refuses names and members that it does not know', () => {
    const { results } = placement.volumes;
    const { trainer } = placement.identities;
    expect(problems({ ...placement, volumes: { results, 'A b': results } })).toEqual([
      '/volumes/A b must be lower-case letters, digits and hyphens, at most 63, such as models',
    ]);
    expect(problems({ ...placement, identities: { trainer: { ...trainer, key: 'x' } } })).toEqual([
      '/identities/trainer/key is not a known field',
    ]);
    expect(problems({ ...placement, identities: { trainer: { ...trainer, images: ['train:*'] } } })).toEqual([
      '/identities/trainer/images/0 must begin with a registry, such as docker.io/library/python:*',
    ]);
    expect(problems({ ...placement, identities: { trainer: {} } })).toHaveLength(1);
  });

  test('sends a key nowhere but to Azure Files, and takes none by value', () => {
    const { results } = placement.volumes;
    const withUrl = { ...results, share: { ...SHARE, url: 'https://files.evil.example/results' } };
    expect(problems({ ...placement, volumes: { results: withUrl } }).join()).toContain(
      "must be a share's URL without a signature, such as https://ACCOUNT.file.core.windows.net/SHARE",
    );
    const withKey = { ...results, share: { url: URL, key: 'open sesame' } };
    const said = problems({ ...placement, volumes: { results: withKey } }).join();
    expect(said).toContain('key');
    expect(said).not.toContain('sesame');
  });
});

test('a share on Container Instances needs the key of its account', () => {
  const { aci } = OFFERING;
  expect(problems({ ...aci, volumes: { results: {} } })).toEqual([
    '/volumes/results/share is missing, must be an object',
  ]);
  expect(problems({ ...aci, volumes: { results: { share: { url: URL } } } })).toEqual([
    '/volumes/results/share/keyRef is missing, must be a text',
  ]);
});

test('an identity of Azure is a whole resource id', () => {
  expect(problems({ ...OFFERING.aci, identities: { trainer: { id: 'trainer' } } })).toEqual([
    expect.stringContaining('/identities/trainer/id must be the whole id of a user-assigned identity'),
  ]);
});

test('a volume of a cluster is a claim or made by a driver, and not both', () => {
  const { kubernetes } = OFFERING;
  const csi = { driver: 'file.csi.azure.com' };
  expect(problems({ ...kubernetes, volumes: { results: {} } }).join()).toContain(
    '/volumes/results must have either "claim"',
  );
  expect(problems({ ...kubernetes, volumes: { results: { claim: 'a', csi } } }).join()).toContain(
    'must have either "claim"',
  );
  expect(problems({ ...kubernetes, volumes: { results: { claim: 'A/b' } } }).join()).toContain(
    '/volumes/results/claim must be the name of a Kubernetes object',
  );
  expect(problems({ ...kubernetes, volumes: { results: { csi: {} } } })).toEqual([
    '/volumes/results does not fit: csi/driver is missing, must be a text',
  ]);
});

// Targets that only Kubernetes manifests have: quantities, references to variables, and the way back from a spec.
import assert from 'node:assert/strict';

import * as fc from 'fast-check';

import { jobSpecSchema } from '../../domain/spec/job-spec';
import { kubernetesManifest } from '../../formats/kubernetes/manifest';
import { parseDocument } from '../../formats/parse-document';
import { escapeReferences, expand } from '../../manifests/expansion';
import { coresOf, coresQuantity, gigabytesOf, parseQuantity } from '../../manifests/quantity';
import { arbitrarySpec, writtenOut } from '../../test/formats/kubernetes/arbitrary-spec';
import type { Target } from './target';

const QUANTITY_PARTS = [
  '0',
  '1',
  '9',
  '500',
  '.',
  '-',
  '+',
  'e',
  'E',
  'm',
  'k',
  'Ki',
  'Gi',
  'Ei',
  'n',
  ' ',
  '٣',
];
const REFERENCE_PARTS = ['$', '$$', '(', ')', '$(', 'A', '$(A)', '$(B)', '${A}', '\n'];

const VARIABLES = new Map<string, string | { readonly secret: true }>([
  ['A', 'x'.repeat(1_000)],
  ['B', { secret: true }],
]);

function textsOf(parts: readonly string[]): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((texts) => texts.join(''));
}

export const KUBERNETES_TARGETS: readonly Target[] = [
  {
    name: 'quantities',
    share: 1,
    inputs: fc.oneof(
      textsOf(QUANTITY_PARTS),
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.double().map(String),
    ),
    always: [
      '9'.repeat(100_000),
      `1e${'9'.repeat(50)}`,
      `${'9'.repeat(60)}e99`,
      '1e-99',
      `0.${'0'.repeat(60)}1`,
    ],
    parse: parseAmount,
  },
  {
    name: 'references to variables',
    share: 1,
    inputs: fc.oneof(textsOf(REFERENCE_PARTS), fc.string({ unit: 'binary', maxLength: 200 })),
    always: ['$'.repeat(20_000), '$('.repeat(10_000), '$(A)'.repeat(5_000)],
    parse: parseReferences,
  },
  {
    name: 'manifests of specs',
    share: 1,
    inputs: arbitrarySpec.map((spec) => JSON.stringify(spec)),
    always: [],
    parse: thereAndBack,
  },
];

function parseAmount(text: string): () => void {
  const nanos = parseQuantity(text);
  return () => {
    if (nanos === undefined) return;
    assert.ok(
      nanos >= 0n && Number.isFinite(coresOf(nanos)) && Number.isFinite(gigabytesOf(nanos)),
      'a number',
    );
    const cores = coresOf(nanos);
    if (cores > 1_000) return;
    const written = coresOf(parseQuantity(coresQuantity(cores)) ?? 0n);
    assert.ok(written >= cores && written - cores <= 0.001, 'written to the thousandth above');
  };
}

function parseReferences(text: string): () => void {
  const put = expand(text, VARIABLES, 4_096);
  const same = expand(escapeReferences(text), VARIABLES, Infinity);
  return () => {
    assert.deepEqual(same, { kind: 'text', text }, 'what is escaped stays as it is');
    assert.ok(
      put.kind !== 'text' || put.text.length <= 4_096 + text.length,
      'nothing grows beyond its bound',
    );
  };
}

function thereAndBack(json: string): () => void {
  const spec = jobSpecSchema.parse(JSON.parse(json));
  const back = parseDocument(kubernetesManifest(spec).text, { provisioningAtLeastS: 600 });
  return () => {
    assert.ok(back.ok, 'the manifest of a spec is taken');
    assert.deepEqual(back.spec, writtenOut(spec), 'and is the same spec');
  };
}

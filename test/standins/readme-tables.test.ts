// The tables of the README name every switch and every fault of the stand-ins for Azure's control plane, and no other.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { pullFaultSchema } from '../../standins/arm/pulls/pull-fault';
import { faultSchema } from '../../standins/container-apps/faults/fault';
import { switchesSchema } from '../../standins/container-apps/switches';

const README = readFileSync(join(__dirname, '../../standins/README.md'), 'utf8');

/** Rows of the table below a heading whose first column has this title, by their cells. */
function rowsOf(heading: string, title: string): string[][] {
  const [, section = ''] = new RegExp(`^## ${heading}\n([^]*?)(?=^## |$(?![^]))`, 'm').exec(README) ?? [];
  const [, table = ''] =
    new RegExp(`^\\| ${title} [^\n]*\n\\|[ |-]+\n((?:\\|[^\n]*\n)+)`, 'm').exec(section) ?? [];
  return table
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const codeIn = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
/** Each kind with the members that are listed after it, `count` aside, which most have. */
function listedFaults(heading: string, kinds: readonly string[]): string[] {
  const listed: string[][] = [];
  for (const code of rowsOf(heading, 'kind').flatMap(([cell]) => codeIn(cell)))
    if (kinds.includes(code) || listed.length === 0) listed.push([code]);
    else listed.at(-1)?.push(code);
  return listed.map((fault) => fault.join(' ')).sort();
}

test('each switch of Container Apps is listed with its answers, the default first', () => {
  const listed = rowsOf('Container Apps jobs', 'switch').map(([name, , answers]) => [
    codeIn(name)[0],
    codeIn(answers),
  ]);
  const answersOf = (schema: z.core.$ZodType): string[] => {
    if (schema instanceof z.ZodDefault) return answersOf(schema.unwrap());
    if (schema instanceof z.ZodEnum) return schema.options.map(String);
    if (schema instanceof z.ZodUnion) return schema.options.flatMap(answersOf);
    return schema instanceof z.ZodLiteral ? [...schema.values].map(String) : [];
  };
  const shape: Readonly<Record<string, z.core.$ZodType>> = switchesSchema.shape;
  expect(listed).toEqual(Object.entries(shape).map(([name, schema]) => [name, answersOf(schema)]));
});

interface FaultShape {
  readonly kind: z.ZodLiteral<string>;
}
const faultsOf = (options: readonly { readonly shape: FaultShape }[]): FaultShape[] =>
  options.map(({ shape }) => shape);

test.each([
  ['Container Apps jobs', faultsOf(faultSchema.options)],
  ['Azure Resource Manager and Entra', faultsOf(pullFaultSchema.options)],
])('each fault of %s is listed with its members, and no other', (heading, shapes) => {
  const faults = shapes.map((shape) => ({
    kind: shape.kind.value,
    members: Object.keys(shape).filter((member) => member !== 'kind' && member !== 'count'),
  }));
  const kinds = faults.map(({ kind }) => kind);
  expect(listedFaults(heading, kinds)).toEqual(
    faults.map(({ kind, members }) => [kind, ...members].join(' ')).sort(),
  );
});

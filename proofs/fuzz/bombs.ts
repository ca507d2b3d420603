// Documents made to be costly: too large, too deep, or small and growing when read.
const TEN_MB = 10_000_000;
/** Characters just below the limit of what is taken. */
const LARGE = 250_000;

function levels(count: number, line: (level: number) => string): string {
  return Array.from({ length: count }, (_, level) => line(level)).join('\n');
}

function filled(unit: string, characters: number): string {
  return unit.repeat(Math.floor(characters / unit.length));
}

const UNITS = [
  ...[
    '[',
    '{',
    '- ',
    '? ',
    ': ',
    'a: ',
    '"',
    "'",
    '#',
    '\n',
    '\t',
    ' ',
    '&a ',
    '*a ',
    '!',
    '%',
    '---\n',
    '|\n',
    '{a',
    '[a,',
    'a\n',
    '\r',
    '@',
    '!<',
    'a:\n',
    '- a\n',
    '"\\\n',
    ',',
    '...\n',
    '%A\n',
    '[]',
    '""',
    '"\n',
    '>\n ',
    '{"a":',
    '[[',
    '\\u005f',
    '😀',
    '- - ',
    '-\n',
    '&a [',
    '<<: {',
    '!!seq [',
    "[concat('",
    '$(',
    '{0}',
  ],
];

/** The documents, each tried in every run. */
export const BOMBS: readonly string[] = [
  ...UNITS.flatMap((unit) => [
    filled(unit, LARGE),
    filled(unit, TEN_MB),
    `a: ${filled(unit, LARGE)}`,
    filled(unit, 2_000),
  ]),
  `${filled('[', LARGE / 2)}${filled(']', LARGE / 2)}`,
  `{"image":"i","env":{${levels(8_000, (i) => `"V${i}":"x"`).replaceAll('\n', ',')}}}`,
  `image: i\nenv:\n${levels(2_000, (i) => `  V${i}: x`)}`,
  `l0: &l0 [x]\n${levels(60, (i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}, *l${i}]`)}`,
  `m0: &m0 {a: 1}\n${levels(60, (i) => `m${i + 1}: &m${i + 1} {<<: *m${i}, a${i}: *m${i}, b${i}: *m${i}}`)}`,
  `d0: &d0 [x]\n${levels(1_000, (i) => `d${i + 1}: &d${i + 1} [*d${i}]`)}`,
  levels(500, (i) => `${' '.repeat(i)}a:`),
  levels(500, (i) => `${' '.repeat(i)}- `),
  `{"image":"${'x'.repeat(LARGE - 20)}"}`,
  `image: "${'x'.repeat(LARGE - 20)}"`,
  `image: |\n${levels(20_000, () => '  x')}`,
  templateOf(levels(60, (i) => `"v${i + 1}":"[concat(variables('v${i}'), variables('v${i}'))]"`)),
  templateOf(levels(60, (i) => `"v${i + 1}":"[createArray(variables('v${i}'), variables('v${i}'))]"`)),
  templateOf(
    levels(60, (i) => `"v${i + 1}":"[string(createArray(variables('v${i}'), variables('v${i}')))]"`),
  ),
  templateOf(
    levels(1_000, (i) => `"v${i + 1}":"[variables('v${i}')]"`),
    1_000,
  ),
  templateOf(`"v60":${copiesWithin(6)}`),
  templateOf(`"v59":${copiesWithin(2)},"v60":"[string(variables('v59'))]"`),
  `{ /* ${filled('*', LARGE)}`,
  filled('// \n', LARGE),
  `{${filled('/**/', LARGE)}`,
  `[${filled('0,', LARGE)}`,
  `["${filled('\n', LARGE)}"]`,
  `[1${filled('0', LARGE)}1]`,
  `[0.${filled('0', LARGE)}1]`,
  `{"a":"${filled('\\u0041', LARGE)}"}`,
  `param a string\n${filled('//', LARGE)}`,
  templateOf(`"v60":"[padLeft('x', 999999999)]"`),
  templateOf(`"v60":"[format('${filled('{0}', 20_000)}', '${filled('x', 4_000)}')]"`),
  templateOf(`"v60":"[replace('${filled('a', 10_000)}', 'a', '${filled('b', 10_000)}')]"`),
];

/** Copies within copies, each as many as Resource Manager makes at most. */
function copiesWithin(depth: number): string {
  return depth === 0 ? '"x"' : `{"copy":[{"name":"c","count":800,"input":${copiesWithin(depth - 1)}}]}`;
}

function templateOf(variables: string, last = 60): string {
  const container = `{"name":"c","properties":{"image":"[string(variables('v${last}'))]","resources":{"requests":{"cpu":1,"memoryInGB":1}}}}`;
  const group = `{"type":"Microsoft.ContainerInstance/containerGroups","name":"g","properties":{"osType":"Linux","restartPolicy":"Never","containers":[${container}]}}`;
  return `{"$schema":"https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#","variables":{"v0":"xxxxxxxx",${variables.replaceAll('\n', ',')}},"resources":[${group}]}`;
}

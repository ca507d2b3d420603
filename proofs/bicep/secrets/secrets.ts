// No secret leaves a deployment: not by an output, which stays readable in its history, and not by a parameter that is
// not marked as one.
import { isDecorated } from '../model/declared-type';
import { bodyOf, memberOf, membersOf, textOf } from '../model/file';
import type { Model } from '../model/model';
import { type Literal, literalOf, outputOf, valuesAt } from '../model/values';
import { partsOf } from '../model/walk';
import type { Expression, ParamSyntax } from '../parse/syntax';
import type { Report, Rule } from '../rules/rule';
import { symbolOf } from '../rules/start-values';

const KEY_IN_TEXT = /\b(AccountKey|SharedAccessKey|SharedAccessSignature|Password|Pwd)=|[?&]sig=/i;
const SECRET_PROPERTY =
  /(connectionString|(primary|secondary|access|shared|account|instrumentation|storage)Key|password|sasToken|secret(Value|s)?)$/i;
const SECRET_PARAM =
  /(password|passphrase|secret|secretValue|connectionString|(account|access|api|master|storage|shared|host|primary|secondary|admin|private|function)Key|(access|sas|api|auth|bearer|refresh|client)Token|credentials?)$/i;

export const secrets: Rule = (model, report) => {
  for (const output of model.file.outputs) {
    if (isDecorated(output.decorators, 'secure')) continue;
    const secret = secretIn(output.value, model);
    if (secret !== undefined)
      report(
        output.value,
        `The output "${output.name.text}" gives away ${secret}: what is put out stays readable in the history of the deployment. Read it where it is needed, from a resource declared as existing.`,
      );
  }
  for (const param of model.file.params) checkParam(param, model, report);
  for (const module of model.file.modules) {
    const inner = model.moduleModel(module);
    const params = memberOf(bodyOf(module.value).object, 'params')?.value;
    if (inner === undefined || params?.kind !== 'object') continue;
    for (const { name, value } of membersOf(params)) {
      const param = inner.file.params.find((one) => one.name.text === name);
      const secret =
        param === undefined || isDecorated(param.decorators, 'secure') ? undefined : secretIn(value, model);
      if (secret !== undefined)
        report(
          value,
          `The parameter "${name}" of ${inner.file.path} is given ${secret}: put @secure() before it there.`,
        );
    }
  }
};

function checkParam(param: ParamSyntax, model: Model, report: Report): void {
  const { name, decorators, value } = param;
  const type = model.paramType(param);
  const isSecure = isDecorated(decorators, 'secure');
  if (!isSecure && type.kind === 'string' && SECRET_PARAM.test(name.text))
    report(name, `The parameter "${name.text}" is a secret by its name: put @secure() before it.`);
  const text = value === undefined ? undefined : textOf(value);
  if (isSecure && value !== undefined && text !== undefined && text !== '')
    report(value, `The secret "${name.text}" has a default that everybody can read: remove it.`);
}

/** What secret a value holds, in words; undefined: none that can be seen. */
function secretIn(
  value: Expression,
  model: Model,
  seen: ReadonlySet<Expression> = new Set(),
): string | undefined {
  if (seen.has(value)) return undefined;
  const inner = new Set([...seen, value]);
  const again = (one: Expression, where = model): string | undefined => secretIn(one, where, inner);
  if (value.kind === 'call' && (/^list[A-Z]/.test(value.name.text) || value.name.text === 'getSecret'))
    return `what "${value.name.text}" tells`;
  if (value.kind === 'string' && value.texts.some((text) => KEY_IN_TEXT.test(text)))
    return 'a string with a key in it';
  if (value.kind === 'variable') {
    const declaration = model.file.declarations.get(value.name.text);
    if (declaration?.kind === 'param')
      return isDecorated(declaration.decorators, 'secure') ? `the secret "${value.name.text}"` : undefined;
    if (declaration?.kind === 'var') return again(declaration.value);
  }
  const output = outputOf(value, model);
  if (output !== undefined)
    return output.secure ? 'a secure output of a module' : again(output.value, output.model);
  const property = secretProperty(value, model);
  if (property !== undefined) return property;
  for (const part of partsOf(value)) {
    const secret = again(part);
    if (secret !== undefined) return secret;
  }
  return undefined;
}

function secretProperty(value: Expression, model: Model): string | undefined {
  if (value.kind !== 'property') return undefined;
  let base: Expression = value;
  while (base.kind === 'property') base = base.base;
  const symbol = symbolOf(base, model, undefined);
  const isReference = base.kind === 'call' && base.name.text === 'reference';
  if (symbol === undefined && !isReference) return undefined;
  const type = model.typeOf(value);
  const isSecret = SECRET_PROPERTY.test(value.name.text) || (type.kind === 'string' && type.secret === true);
  if (!isSecret || (symbol !== undefined && opensNothing(symbol, model))) return undefined;
  return `"${value.name.text}" of ${symbol === undefined ? 'a resource' : `"${symbol}"`}`;
}

/** Without local authentication the connection string of Application Insights names it and opens nothing. */
function opensNothing(symbol: string, model: Model): boolean {
  const declaration = model.file.declarations.get(symbol);
  if (declaration?.kind !== 'resource' || declaration.syntax.existing) return false;
  const { object } = bodyOf(declaration.syntax.value);
  if (object === undefined) return false;
  const said: (Literal | undefined)[] = valuesAt(object, ['properties', 'DisableLocalAuth'], model).map(
    literalOf,
  );
  return said.length > 0 && said.every((one) => one === true);
}

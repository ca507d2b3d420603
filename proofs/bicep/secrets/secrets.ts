// No secret leaves a deployment: not by an output, which stays readable in its history, and not by a parameter that is
// not marked as one.
import { isDecorated } from '../model/declared-type';
import { bodyOf, memberOf, membersOf, textOf } from '../model/file';
import type { Model } from '../model/model';
import type { ParamSyntax } from '../parse/syntax';
import type { Report, Rule } from '../rules/rule';
import { secretIn } from './secret-values';

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

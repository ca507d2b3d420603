// A file of parameters (`.bicepparam`) gives each parameter that needs a value, none that does not exist, and of the
// right types.
import { isDecorated } from '../model/declared-type';
import { textOf } from '../model/file';
import { isNullable } from '../model/type';
import { didYouMean } from '../nearest';
import { assign } from './assign';
import type { Rule } from './rule';

export const parameterFiles: Rule = (model, report) => {
  const { file } = model;
  const using = file.statements.find((statement) => statement.kind === 'using');
  if (using === undefined) {
    report({ start: 0 }, "A file of parameters says of which file they are: using 'main.bicep'.");
    return;
  }
  const path = using.path === undefined ? undefined : textOf(using.path);
  if (using.path === undefined || path === undefined) return;
  const main = model.fileModel(path);
  if (main === undefined) {
    report(using.path, `There is no Bicep file '${path}' beside this one.`);
    return;
  }
  const params = new Map(main.file.params.map((param) => [param.name.text, param]));
  for (const given of file.params) {
    const param = params.get(given.name.text);
    if (param === undefined)
      report(
        given.name,
        `${main.file.path} has no parameter "${given.name.text}".${didYouMean(given.name.text, params.keys())}`,
      );
    else if (given.value !== undefined) {
      assign(given.value, main.paramType(param), `"${given.name.text}"`, { model, report });
      if (isDecorated(param.decorators, 'secure') && (textOf(given.value) ?? '') !== '')
        report(
          given.value,
          `"${given.name.text}" is a secret: take it from the environment by readEnvironmentVariable.`,
        );
    }
  }
  for (const [name, param] of params) {
    const isGiven = file.params.some((given) => given.name.text === name);
    if (!isGiven && param.value === undefined && !isNullable(main.paramType(param)))
      report(using, `The parameter "${name}" of ${main.file.path} has no default and is not given here.`);
  }
};

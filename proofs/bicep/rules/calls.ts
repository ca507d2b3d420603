// Each function exists, and is called with what it takes.
import { FUNCTION_NAMES, methodOf, type Signature, signaturesOf } from '../model/functions';
import { isNamespace } from '../model/infer';
import type { Locals } from '../model/locals';
import type { Model } from '../model/model';
import { walkFile } from '../model/walk';
import { didYouMean } from '../nearest';
import type { CallSyntax } from '../parse/syntax';
import { misfit } from './fits';
import type { Report, Rule } from './rule';

export const calls: Rule = (model, report) => {
  walkFile(model, (expression, locals) => {
    if (expression.kind === 'call') checkCall(expression, model, locals, report);
  });
};

function checkCall(call: CallSyntax, model: Model, locals: Locals | undefined, report: Report): void {
  const name = call.name.text;
  const ways = waysToCall(call, model, report);
  if (ways === undefined) return;
  const fitting = ways.filter(({ least, most }) => call.args.length >= least && call.args.length <= most);
  if (fitting.length === 0) {
    report(call.name, `"${name}" takes ${saidOfCounts(ways)}, ${call.args.length} are given.`);
    return;
  }
  const faults = fitting.map((way) => argumentFault(call, way, model, locals));
  // Of several ways to call it the one that was probably meant: the first that goes wrong last.
  const [best] = faults.toSorted((a, b) => (b?.index ?? 0) - (a?.index ?? 0));
  if (best !== undefined && faults.every((fault) => fault !== undefined)) report(best.at, best.message);
  if (name === 'resourceGroup' && call.args.length === 0 && model.file.scope !== 'resourceGroup')
    report(
      call.name,
      `This file is deployed to a ${model.file.scope}, where resourceGroup() tells nothing: name the group.`,
    );
}

/** Undefined: it is none of Bicep's own, or there is no such function, which is told. */
function waysToCall(call: CallSyntax, model: Model, report: Report): readonly Signature[] | undefined {
  const name = call.name.text;
  const { base } = call;
  const isOwn = base === undefined || (base.kind === 'variable' && isNamespace(base.name.text));
  if (!isOwn) {
    if (base.kind === 'variable' && model.file.declarations.get(base.name.text)?.kind === 'imported')
      return undefined;
    const method = methodOf(name);
    if (method === undefined)
      report(
        call.name,
        `A resource has no function "${name}": it has getSecret and those that begin with "list".`,
      );
    return method === undefined ? undefined : [method];
  }
  const declaration = model.file.declarations.get(name);
  if (declaration?.kind === 'imported') return undefined;
  if (declaration?.kind === 'func') {
    const params = declaration.params.map(({ type }) => model.writtenType(type));
    return [
      { params, least: params.length, most: params.length, returns: model.writtenType(declaration.returns) },
    ];
  }
  const signatures = signaturesOf(name);
  if (signatures === undefined) {
    const known = [
      ...FUNCTION_NAMES,
      ...[...model.file.declarations.values()]
        .filter(({ kind }) => kind === 'func')
        .map((one) => one.name.text),
    ];
    report(call.name, `There is no function "${name}".${didYouMean(name, known)}`);
  }
  return signatures;
}

function saidOfCounts(ways: readonly Signature[]): string {
  const least = Math.min(...ways.map((way) => way.least));
  const most = Math.max(...ways.map((way) => way.most));
  if (most === Infinity) return `at least ${least} argument${least === 1 ? '' : 's'}`;
  if (least === most) return `${least} argument${least === 1 ? '' : 's'}`;
  return `${least} to ${most} arguments`;
}

function argumentFault(
  call: CallSyntax,
  { params }: Signature,
  model: Model,
  locals: Locals | undefined,
): { readonly index: number; readonly at: CallSyntax['args'][number]; readonly message: string } | undefined {
  for (const [index, arg] of call.args.entries()) {
    const expected = params[index] ?? params.at(-1);
    const actual = model.typeOf(arg, locals);
    const reason = expected === undefined ? undefined : misfit(actual, expected);
    if (reason !== undefined)
      return { index, at: arg, message: `Argument ${index + 1} of "${call.name.text}": ${reason}` };
  }
  return undefined;
}

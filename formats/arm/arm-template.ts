// ARM templates with a container group, bare or in the body of a deployment with its parameters.
import { draftContainerGroup } from '../aci/container-group';
import type { ParseOptions } from '../document';
import type { DraftSpec, FormatParser } from '../format-parser';
import { isMapping, Reader } from '../reader';
import type { Report } from '../report';
import { theOnly } from '../the-only';
import { Evaluation, type Leaf } from './evaluated';
import { findGroup } from './find-group';
import { declaredParameters, givenParameters } from './parameters';
import { TemplateScope } from './template-scope';

export const armTemplate: FormatParser = {
  format: 'arm-template',
  takesLiberties: true,
  recognises: ([first]) => {
    const value = first?.value;
    if (!isMapping(value)) return false;
    if (isMapping(value['template'])) return true;
    if (isMapping(value['properties']) && isMapping(value['properties']['template'])) return true;
    const schema = value['$schema'];
    return typeof schema === 'string' && /deployment(Template|Parameters)\.json/i.test(schema);
  },
  draft: (stream, options) => {
    const only = theOnly(stream, 'a template');
    const [report] = stream.reports;
    if (only === undefined || report === undefined) return undefined;
    const whole = new Reader(only.value, '', report);
    if (!whole.isMapping()) return undefined;
    const draft = draftTemplate(whole, options, report);
    return draft === undefined ? undefined : { index: 0, draft };
  },
};

function draftTemplate(whole: Reader, options: ParseOptions, report: Report): DraftSpec | undefined {
  const { template, given } = partsOf(whole);
  const schema = template.at('$schema').value;
  if (typeof schema === 'string' && /deploymentParameters\.json/i.test(schema)) {
    template.problem(
      'is a parameter file; submit the template, and its parameters beside it: { "template": …, "parameters": … }',
    );
    return undefined;
  }
  const declared = declaredParameters(template.at('parameters'));
  const values = givenParameters(options.parameters ?? {}, given, template);
  for (const [name, { problem }] of values)
    if (!declared.has(name))
      problem(`the template does not declare; it declares ${namesOf(declared) || 'none'}`);
  const scope = new TemplateScope({
    declared,
    given: values,
    variables: template.at('variables'),
    location: options.location,
  });
  const group = findGroup(template, scope);
  if (group === undefined) return undefined;
  const evaluation = new Evaluation(scope, report, (pointer) =>
    isSkipped(pointer.slice(group.pointer.length)),
  );
  const evaluated = evaluation.of(group);
  for (const leaf of evaluation.leaves) tellWhatItIsMadeOf(leaf, report);
  // What is missing because it can't be evaluated would be told as missing, which it is not.
  return report.problems.length > 0 ? undefined : draftContainerGroup(evaluated, options);
}

/** Where the template and the given parameters stand: at the top, or in a deployment's body (`properties`). */
function partsOf(whole: Reader): { template: Reader; given: Reader | undefined } {
  const body = isMapping(whole.at('properties').at('template').value) ? whole.at('properties') : whole;
  const isBody = isMapping(body.at('template').value);
  return isBody
    ? { template: body.at('template'), given: body.at('parameters') }
    : { template: whole, given: undefined };
}

/** What is ignored, whatever it says: its expressions often ask Azure for keys. */
function isSkipped(inGroup: string): boolean {
  return /^\/(location|dependsOn|comments|metadata|apiVersion|type|condition|resources|copy|properties\/(ipAddress|diagnostics|volumes))$/i.test(
    inGroup,
  );
}

/** A secret may only become a secure value; what stands for something unknown must not choose who pulls the image. */
function tellWhatItIsMadeOf({ pointer, made }: Leaf, report: Report): void {
  const isSecureValue = /\/(secureValue|password)$/i.test(pointer);
  for (const secret of made.secrets)
    if (!isSecureValue)
      report.problem(
        pointer,
        `is made from the secure parameter ${secret} and would be stored readably; use secureValue`,
      );
  const decidesAccess = /\/(imageRegistryCredentials|identity)(\/|$)/i.test(pointer);
  for (const assumption of made.assumptions)
    if (decidesAccess) report.problem(pointer, `can't be told: ${assumption}; write the value`);
    else report.note('warning', pointer, `${assumption}.`);
}

function namesOf(declared: ReadonlyMap<string, { readonly name: string }>): string {
  return [...declared.values()].map(({ name }) => name).join(', ');
}

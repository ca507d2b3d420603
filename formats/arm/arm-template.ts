// ARM templates with a container group, bare or in the body of a deployment with its parameters.
import { draftContainerGroup } from '../aci/container-group';
import type { ParseOptions } from '../document';
import type { DraftSpec, FormatParser } from '../format-parser';
import { isMapping, Reader } from '../reader';
import type { Report } from '../report';
import { theOnly } from '../the-only';
import { Budget } from './budget';
import { Evaluation, type Leaf } from './evaluated';
import { findGroup, type FoundGroup } from './find-group';
import { type Declarations, declarationsOf, givenParameters } from './parameters';
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
  const declared = declarationsOf(template);
  const values = givenParameters(options.parameters ?? {}, given, template);
  for (const [name, { problem }] of values)
    if (!declared.parameters.has(name))
      problem(`the template does not declare; it declares ${namesOf(declared) || 'none'}`);
  const { location } = options;
  const scope = new TemplateScope({ template, declared, given: values, location, budget: new Budget() });
  const found = findGroup(template, scope);
  return found === undefined ? undefined : draftFound(found, options, report);
}

function draftFound(found: FoundGroup, options: ParseOptions, report: Report): DraftSpec | undefined {
  const group = withoutCopy(found.group, report);
  const evaluation = new Evaluation(found.scope, report, (pointer) =>
    isSkipped(pointer.slice(group.pointer.length)),
  );
  const evaluated = evaluation.of(group, found.locals);
  for (const leaf of evaluation.leaves) tellWhatItIsMadeOf(leaf, evaluation.report);
  // What is missing because it can't be evaluated would be told as missing, which it is not.
  if (report.problems.length > 0) return undefined;
  const { value, origins } = draftContainerGroup(evaluated, options);
  if (origins === 'same') return { value, origins };
  return {
    value,
    origins: new Map([...origins].map(([part, pointer]) => [part, evaluation.placeOf(pointer)])),
  };
}

/** A group that is copied once counts as not copied. */
function withoutCopy(group: Reader, report: Report): Reader {
  if (!isMapping(group.value) || !Object.hasOwn(group.value, 'copy')) return group;
  const members = Object.entries(group.value).filter(([name]) => name !== 'copy');
  return new Reader(Object.fromEntries(members), group.pointer, report);
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
  return /^\/(location|dependsOn|comments|metadata|apiVersion|type|condition|resources|copy|properties\/(ipAddress|diagnostics|volumes\/\d+\/(secret|azureFile\/storageAccountKey)|imageRegistryCredentials\/\d+\/password))$/i.test(
    inGroup,
  );
}

/**
 * A secret may only become a secure value. A stand-in for something unknown reaches neither the program nor the pull of
 * its image.
 */
function tellWhatItIsMadeOf({ pointer, marks }: Leaf, report: Report): void {
  const isSecureValue = /\/(secureValue|password)$/i.test(pointer);
  for (const secret of marks.secrets)
    if (!isSecureValue)
      report.problem(
        pointer,
        `is made from the secure parameter ${secret} and would be stored readably; only the secureValue of a variable of the environment may be`,
      );
  const counts =
    /\/(containers\/\d+\/properties|imageRegistryCredentials|identity|volumes\/\d+\/azureFile\/shareName)(\/|$)/i.test(
      pointer,
    );
  for (const assumption of marks.assumptions)
    if (counts)
      report.problem(
        pointer,
        `can't be told: ${assumption}; write the value, or make it a parameter and give it beside the template`,
      );
    else report.note('warning', pointer, `${assumption}.`);
}

function namesOf({ parameters }: Declarations): string {
  return [...parameters.values()].map(({ name }) => name).join(', ');
}

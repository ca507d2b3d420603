// How Azure Resource Manager refuses a template.
import { ArmFault } from '../wire/arm-error';

/** `path` is where in the template: `resources[0].name`. */
export function invalidTemplate(why: string, path = ''): ArmFault {
  const info = { lineNumber: 0, linePosition: 0, path: path === '' ? '' : `properties.template.${path}` };
  return new ArmFault(
    400,
    'InvalidTemplate',
    `Deployment template validation failed: '${why}'.`,
    {},
    { additionalInfo: [{ type: 'TemplateViolation', info }] },
  );
}

/** For what a template may well hold, only not here. */
export function notEvaluated(what: string, path: string): ArmFault {
  return invalidTemplate(
    `The local stand-in for Azure Resource Manager does not evaluate ${what} (at ${path || 'the top'}); standins/README.md lists what it does. gpujobs submit takes such a template`,
    path,
  );
}

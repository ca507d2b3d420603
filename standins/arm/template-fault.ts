// How Azure Resource Manager refuses a template.
import { ArmFault } from '../wire/arm-error';

/** The fault of a wrong template. `path` is the place in it: `resources[0].name`. */
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

/** The fault of something that a template may hold but that the stand-in can't evaluate. */
export function notEvaluated(what: string, path: string): ArmFault {
  return invalidTemplate(
    `The local stand-in for Azure Resource Manager does not evaluate ${what} (at ${path || 'the top'}); standins/README.md lists what it does. gpujobs submit takes such a template`,
    path,
  );
}

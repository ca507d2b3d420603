// Nothing goes in clear text: an address in a value is https, or on this machine.
import { walkFile } from '../model/walk';
import type { Rule } from './rule';

const CLEAR_TEXT = /\bhttp:\/\/([^/'\s"]*)/i;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;
/** Names that look like addresses; nobody goes there. */
const NAMES = /^(schemas\.|json-schema\.org|www\.w3\.org)/i;

export const addresses: Rule = (model, report) => {
  walkFile(model, (expression) => {
    if (expression.kind !== 'string') return;
    for (const text of expression.texts) {
      const [, host] = CLEAR_TEXT.exec(text) ?? [];
      if (host !== undefined && !LOOPBACK.test(host) && !NAMES.test(host))
        report(expression, `An address in clear text: "http://${host}". Use https.`);
    }
  });
};

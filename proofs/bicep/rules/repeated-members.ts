// No member of an object stands twice, in whatever case: Azure takes them for the same.
import { membersOf } from '../model/file';
import { walkFile } from '../model/walk';
import type { Rule } from './rule';

export const repeatedMembers: Rule = (model, report) => {
  walkFile(model, (expression) => {
    if (expression.kind !== 'object') return;
    const seen = new Set<string>();
    for (const { name, key } of membersOf(expression)) {
      if (seen.has(name.toLowerCase()))
        report(key, `"${name}" stands twice in this object: remove one of them.`);
      seen.add(name.toLowerCase());
    }
  });
};

// What a rule is: it goes through a file and tells what breaks it.
import type { Model } from '../model/model';
import type { Span } from '../parse/syntax';

export type Report = (at: Pick<Span, 'start'>, message: string) => void;

export type Rule = (model: Model, report: Report) => void;

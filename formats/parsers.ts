// The parsers of all accepted formats, in the order in which they are asked whether they recognise a document.
import { aciYaml } from './aci/aci-yaml';
import { armTemplate } from './arm/arm-template';
import type { FormatParser } from './format-parser';
import { kubernetes } from './kubernetes/parser';
import { native } from './native';

/** The native one takes every mapping and therefore comes last. */
export const PARSERS: readonly FormatParser[] = [kubernetes, armTemplate, aciYaml, native];

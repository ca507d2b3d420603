// A Bicep file with what it declares, by name.
import { parse } from '../parse/parse';
import type {
  Expression,
  ForSyntax,
  FunctionDeclaration,
  ImportSyntax,
  ModuleSyntax,
  Name,
  ObjectSyntax,
  OutputSyntax,
  ParamSyntax,
  ResourceSyntax,
  Span,
  Statement,
  TypeDeclaration,
  VarSyntax,
} from '../parse/syntax';
import type { Scope } from './type';

/** A resource with the one in whose body it stands. */
export interface DeclaredResource {
  readonly kind: 'resource';
  readonly name: Name;
  readonly syntax: ResourceSyntax;
  readonly within: DeclaredResource | undefined;
}

export type Declaration =
  | DeclaredResource
  | ParamSyntax
  | VarSyntax
  | ModuleSyntax
  | TypeDeclaration
  | FunctionDeclaration
  /** What a name stands for that is declared in another file; `original` undefined: all of that file. */
  | {
      readonly kind: 'imported';
      readonly name: Name;
      readonly original: string | undefined;
      readonly syntax: ImportSyntax;
    };

export interface BicepFile {
  /** As it is printed. */
  readonly path: string;
  /** Where it lies. */
  readonly location: string;
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly faults: readonly { readonly offset: number; readonly message: string }[];
  readonly scope: Scope;
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Second declarations of a name. */
  readonly repeated: readonly Name[];
  readonly resources: readonly DeclaredResource[];
  readonly modules: readonly ModuleSyntax[];
  readonly params: readonly ParamSyntax[];
  readonly outputs: readonly OutputSyntax[];
}

export function readBicepFile(path: string, location: string, text: string): BicepFile {
  const { statements, faults } = parse(text);
  const declarations = new Map<string, Declaration>();
  const repeated: Name[] = [];
  const declare = (declaration: Declaration): void => {
    if (declarations.has(declaration.name.text)) repeated.push(declaration.name);
    else declarations.set(declaration.name.text, declaration);
  };
  const resources: DeclaredResource[] = [];
  const addResource = (syntax: ResourceSyntax, within: DeclaredResource | undefined): void => {
    const resource = { kind: 'resource', name: syntax.name, syntax, within } as const;
    resources.push(resource);
    declare(resource);
    for (const nested of syntax.nested) addResource(nested, resource);
  };
  for (const statement of statements) {
    switch (statement.kind) {
      case 'resource':
        addResource(statement, undefined);
        break;
      case 'param':
      case 'var':
      case 'module':
      case 'type':
      case 'func':
        declare(statement);
        break;
      case 'import':
        for (const declaration of importedOf(statement)) declare(declaration);
        break;
      case 'output':
      case 'targetScope':
      case 'metadata':
      case 'assert':
      case 'using':
        break;
    }
  }
  return {
    path,
    location,
    text,
    statements,
    faults,
    scope: scopeOf(statements),
    declarations,
    repeated,
    resources,
    modules: statements.filter((statement) => statement.kind === 'module'),
    params: statements.filter((statement) => statement.kind === 'param'),
    outputs: statements.filter((statement) => statement.kind === 'output'),
  };
}

function importedOf(syntax: ImportSyntax): Declaration[] {
  if (syntax.all !== undefined) return [{ kind: 'imported', name: syntax.all, original: undefined, syntax }];
  return (syntax.names ?? []).map(({ original, name }) => ({
    kind: 'imported',
    name,
    original: original.text,
    syntax,
  }));
}

export const SCOPES: readonly Scope[] = ['tenant', 'managementGroup', 'subscription', 'resourceGroup'];

function scopeOf(statements: readonly Statement[]): Scope {
  const said = statements.find(({ kind }) => kind === 'targetScope');
  const text = said?.kind === 'targetScope' ? textOf(said.value) : undefined;
  return SCOPES.find((scope) => scope === text) ?? 'resourceGroup';
}

/** The text of a string without `${…}`. */
export function textOf(expression: Expression): string | undefined {
  return expression.kind === 'string' && expression.values.length === 0
    ? expression.texts.join('')
    : undefined;
}

/** What a resource or a module is deployed with, and when. */
export interface Body {
  readonly object: ObjectSyntax | undefined;
  readonly loop: ForSyntax | undefined;
  readonly conditions: readonly Expression[];
}

export function bodyOf(value: Expression): Body {
  if (value.kind === 'for') return { ...bodyOf(value.body), loop: value };
  if (value.kind === 'if') return { object: value.body, loop: undefined, conditions: [value.condition] };
  return { object: value.kind === 'object' ? value : undefined, loop: undefined, conditions: [] };
}

export interface NamedMember {
  readonly name: string;
  readonly key: Span;
  readonly value: Expression;
}

/** The members whose names are known; not those of spreads. */
export function membersOf(object: ObjectSyntax | undefined): NamedMember[] {
  return (object?.members ?? []).flatMap((member) => {
    if (member.kind === 'spread') return [];
    const name = 'text' in member.key ? member.key.text : textOf(member.key);
    return name === undefined ? [] : [{ name, key: member.key, value: member.value }];
  });
}

export function memberOf(object: ObjectSyntax | undefined, name: string): NamedMember | undefined {
  return membersOf(object).find((member) => member.name === name);
}

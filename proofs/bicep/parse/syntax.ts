// The tree of a Bicep file. Each node knows where it stands: offsets into the text.

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Name extends Span {
  readonly text: string;
}

/** A string: `texts` are around the expressions, one more than these. */
export interface StringSyntax extends Span {
  readonly kind: 'string';
  readonly texts: readonly string[];
  readonly values: readonly Expression[];
}

export interface ObjectSyntax extends Span {
  readonly kind: 'object';
  readonly members: readonly (Member | Spread)[];
}

export interface Member extends Span {
  readonly kind: 'member';
  readonly key: Name | StringSyntax;
  readonly value: Expression;
}

export interface Spread extends Span {
  readonly kind: 'spread';
  readonly value: Expression;
}

interface ArraySyntax extends Span {
  readonly kind: 'array';
  readonly items: readonly (Expression | Spread)[];
}

export interface IfSyntax extends Span {
  readonly kind: 'if';
  readonly condition: Expression;
  readonly body: ObjectSyntax;
}

export interface ForSyntax extends Span {
  readonly kind: 'for';
  readonly item: Name;
  readonly index: Name | undefined;
  readonly list: Expression;
  readonly body: Expression;
}

export interface CallSyntax extends Span {
  readonly kind: 'call';
  /** Of a method (`vault.getSecret`) or a function with its namespace (`az.resourceGroup`). */
  readonly base: Expression | undefined;
  readonly name: Name;
  readonly args: readonly Expression[];
}

export interface PropertySyntax extends Span {
  readonly kind: 'property';
  readonly base: Expression;
  readonly name: Name;
  readonly safe: boolean;
}

interface IndexSyntax extends Span {
  readonly kind: 'index';
  readonly base: Expression;
  readonly index: Expression;
  readonly safe: boolean;
}

export interface LambdaSyntax extends Span {
  readonly kind: 'lambda';
  readonly params: readonly Name[];
  readonly body: Expression;
}

export type Expression =
  | StringSyntax
  | ObjectSyntax
  | ArraySyntax
  | IfSyntax
  | ForSyntax
  | CallSyntax
  | PropertySyntax
  | IndexSyntax
  | LambdaSyntax
  | (Span & { readonly kind: 'number'; readonly value: number })
  | (Span & { readonly kind: 'boolean'; readonly value: boolean })
  | (Span & { readonly kind: 'null' })
  | (Span & { readonly kind: 'variable'; readonly name: Name })
  | (Span & { readonly kind: 'nested'; readonly base: Expression; readonly name: Name })
  | (Span & { readonly kind: 'sure'; readonly base: Expression })
  | (Span & { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression })
  | (Span & {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Span & {
      readonly kind: 'ternary';
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
    });

export interface TypeMember extends Span {
  readonly decorators: readonly CallSyntax[];
  /** Undefined: that of all others, `*: …`. */
  readonly key: string | undefined;
  readonly type: TypeSyntax;
}

export type TypeSyntax =
  | (Span & { readonly kind: 'named'; readonly path: readonly Name[] })
  | (Span & { readonly kind: 'literal'; readonly value: string | number | boolean | null })
  | (Span & { readonly kind: 'list'; readonly item: TypeSyntax })
  | (Span & { readonly kind: 'optional'; readonly type: TypeSyntax })
  | (Span & { readonly kind: 'union'; readonly types: readonly TypeSyntax[] })
  | (Span & { readonly kind: 'objectType'; readonly members: readonly TypeMember[] })
  | (Span & { readonly kind: 'tuple'; readonly items: readonly TypeSyntax[] })
  | (Span & { readonly kind: 'ofResource'; readonly resource: StringSyntax; readonly path: readonly Name[] });

interface Declaration extends Span {
  readonly decorators: readonly CallSyntax[];
  readonly name: Name;
}

export interface ParamSyntax extends Declaration {
  readonly kind: 'param';
  /** Absent in a parameters file. */
  readonly type: TypeSyntax | undefined;
  readonly value: Expression | undefined;
}

export interface VarSyntax extends Declaration {
  readonly kind: 'var';
  readonly type: TypeSyntax | undefined;
  readonly value: Expression;
}

export interface OutputSyntax extends Declaration {
  readonly kind: 'output';
  readonly type: TypeSyntax;
  readonly value: Expression;
}

export interface ResourceSyntax extends Declaration {
  readonly kind: 'resource';
  readonly type: StringSyntax;
  readonly existing: boolean;
  readonly value: Expression;
  /** Those within its body. */
  readonly nested: readonly ResourceSyntax[];
}

export interface ModuleSyntax extends Declaration {
  readonly kind: 'module';
  readonly path: StringSyntax;
  readonly value: Expression;
}

export interface TypeDeclaration extends Declaration {
  readonly kind: 'type';
  readonly type: TypeSyntax;
}

export interface FunctionDeclaration extends Declaration {
  readonly kind: 'func';
  readonly params: readonly { readonly name: Name; readonly type: TypeSyntax }[];
  readonly returns: TypeSyntax;
  readonly body: Expression;
}

export interface ImportSyntax extends Span {
  readonly kind: 'import';
  /** Undefined: all, under the name. */
  readonly names: readonly { readonly original: Name; readonly name: Name }[] | undefined;
  readonly all: Name | undefined;
  readonly path: StringSyntax;
}

export type Statement =
  | ParamSyntax
  | VarSyntax
  | OutputSyntax
  | ResourceSyntax
  | ModuleSyntax
  | TypeDeclaration
  | FunctionDeclaration
  | ImportSyntax
  | (Span & { readonly kind: 'targetScope'; readonly value: Expression })
  | (Span & { readonly kind: 'metadata'; readonly name: Name; readonly value: Expression })
  | (Span & { readonly kind: 'assert'; readonly name: Name; readonly value: Expression })
  | (Span & { readonly kind: 'using'; readonly path: StringSyntax | undefined });

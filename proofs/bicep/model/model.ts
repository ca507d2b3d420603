// What the names of a file stand for: their types, and where they lead.
import type { Expression, ModuleSyntax, OutputSyntax, ParamSyntax, TypeSyntax } from '../parse/syntax';
import type { ResourceType } from './azure-type';
import { declaredType, memberType, type NamedTypes } from './declared-type';
import { type BicepFile, bodyOf, type Declaration, type DeclaredResource, textOf } from './file';
import { typeOf } from './infer';
import type { Locals } from './locals';
import type { Project } from './project';
import { resourceNameOf } from './resource-name';
import { ANY, isNullable, type ObjectType, type Property, STRING, type Type } from './type';

export interface Model {
  readonly file: BicepFile;
  readonly project: Project;
  typeOf(expression: Expression, locals?: Locals): Type;
  ofName(name: string): Type;
  paramType(param: ParamSyntax): Type;
  outputType(output: OutputSyntax): Type;
  writtenType(type: TypeSyntax): Type;
  /** What a written type stands for. */
  readonly named: NamedTypes;
  resourceType(resource: DeclaredResource): ResourceType | undefined;
  /** The model of the file that a module is made of; undefined: it can't be read. */
  moduleModel(module: ModuleSyntax): Model | undefined;
  /** Of the file that a path beside this one leads to. */
  fileModel(path: string): Model | undefined;
  /** The modules that are made of this file. */
  callers(): readonly Caller[];
  /** What an imported name is in its own file. */
  imported(
    declaration: Declaration & { readonly kind: 'imported' },
  ): { readonly model: Model; readonly declaration: Declaration | undefined } | undefined;
}

interface Caller {
  readonly model: Model;
  readonly module: ModuleSyntax;
}

/** One for each file, made when it is first asked for. `files` are those in which modules are looked for. */
export function createModels(project: Project, files: readonly BicepFile[]): (file: BicepFile) => Model {
  const models = new Map<BicepFile, Model>();
  const modelOf = (file: BicepFile): Model => {
    const known = models.get(file);
    if (known !== undefined) return known;
    const made = createModel(project, file, modelOf, callersOf);
    models.set(file, made);
    return made;
  };
  const callersOf = (file: BicepFile): Caller[] =>
    files
      .map(modelOf)
      .flatMap((model) =>
        model.file.modules
          .filter((module) => model.moduleModel(module)?.file === file)
          .map((module) => ({ model, module })),
      );
  return modelOf;
}

function createModel(
  project: Project,
  file: BicepFile,
  modelOf: (file: BicepFile) => Model,
  callersOf: (file: BicepFile) => readonly Caller[],
): Model {
  const types = new Map<string, Type>();

  const ofName = (name: string): Type => {
    const known = types.get(name);
    if (known !== undefined) return known;
    // What is asked for on the way to itself can't be told.
    types.set(name, ANY);
    const declaration = file.declarations.get(name);
    const type = declaration === undefined ? ANY : ofDeclaration(declaration);
    types.set(name, type);
    return type;
  };

  const ofDeclaration = (declaration: Declaration): Type => {
    switch (declaration.kind) {
      case 'param':
        return model.paramType(declaration);
      case 'var':
        return declaration.type === undefined
          ? model.typeOf(declaration.value)
          : declaredType(declaration.type, named, declaration.decorators);
      case 'resource':
        return inLoop(declaration.syntax.value, ofResource(declaration));
      case 'module':
        return inLoop(declaration.value, ofModule(declaration));
      case 'imported': {
        const found = model.imported(declaration);
        return found?.declaration?.kind === 'var' ? found.model.ofName(found.declaration.name.text) : ANY;
      }
      case 'type':
      case 'func':
        return ANY;
    }
  };

  const ofResource = (resource: DeclaredResource): Type => {
    const type = model.resourceType(resource);
    const symbol = resource.name.text;
    const isGroup = resourceNameOf(resource)?.type.toLowerCase() === 'microsoft.resources/resourcegroups';
    const scope = isGroup ? ({ scope: 'resourceGroup' } as const) : {};
    const body = type?.body.kind === 'discriminated' ? elementOf(type.body, resource) : type?.body;
    if (body?.kind !== 'object')
      return { kind: 'object', name: symbol, properties: new Map(), others: ANY, symbol, ...scope };
    const said = type === undefined ? symbol : type.name;
    return { ...withOwnNames(body), name: said, symbol, ...scope };
  };

  const ofModule = (module: ModuleSyntax): Type => {
    const inner = model.moduleModel(module);
    const outputs: ObjectType = {
      kind: 'object',
      name: `outputs of ${module.name.text}`,
      properties: new Map(
        (inner?.file.outputs ?? []).map((output) => [
          output.name.text,
          plain(inner?.outputType(output) ?? ANY),
        ]),
      ),
      others: inner === undefined || inner.file.faults.length > 0 ? ANY : undefined,
    };
    const properties = new Map([
      ['name', plain(STRING)],
      ['outputs', plain(outputs)],
    ]);
    return {
      kind: 'object',
      name: `module ${module.name.text}`,
      properties,
      others: undefined,
      symbol: module.name.text,
    };
  };

  const named: NamedTypes = {
    named([first = '', ...rest]) {
      const declaration = file.declarations.get(first);
      if (declaration?.kind === 'type') {
        const known = types.get(first);
        if (known === undefined) {
          types.set(first, ANY);
          types.set(first, declaredType(declaration.type, named, declaration.decorators));
        }
        return rest.reduce(memberType, types.get(first) ?? ANY);
      }
      if (declaration?.kind !== 'imported') return ANY;
      const found = model.imported(declaration);
      if (found === undefined) return ANY;
      return declaration.original === undefined
        ? found.model.named.named(rest)
        : found.model.named.named([declaration.original, ...rest]);
    },
    ofResource: (name) => project.types.named(name)?.body ?? ANY,
  };

  const ofFunction = ([first = '', second]: readonly string[]): Type | undefined => {
    const declaration = file.declarations.get(first);
    if (declaration?.kind === 'func' && second === undefined) return declaredType(declaration.returns, named);
    return declaration?.kind === 'imported' ? ANY : undefined;
  };

  const ofValues = new Map<Expression, Type>();
  const names = { ofName, ofFunction };

  const model: Model = {
    file,
    project,
    ofName,
    named,
    typeOf(expression, locals) {
      if (locals !== undefined) return typeOf(expression, names, locals);
      const known = ofValues.get(expression);
      if (known !== undefined) return known;
      const type = typeOf(expression, names);
      ofValues.set(expression, type);
      return type;
    },
    paramType: ({ type, decorators }) => (type === undefined ? ANY : declaredType(type, named, decorators)),
    callers: () => callersOf(file),
    writtenType: (type) => declaredType(type, named),
    outputType: ({ type, decorators }) => declaredType(type, named, decorators),
    resourceType(resource) {
      const name = resourceNameOf(resource);
      return name?.version === undefined ? undefined : project.types.named(`${name.type}@${name.version}`);
    },
    fileModel(path) {
      const found = project.fileFrom(file, path);
      return found === undefined ? undefined : modelOf(found);
    },
    moduleModel(module) {
      const path = textOf(module.path);
      return path === undefined ? undefined : model.fileModel(path);
    },
    imported({ syntax, original }) {
      const path = textOf(syntax.path);
      const from = path === undefined ? undefined : project.fileFrom(file, path);
      if (from === undefined) return undefined;
      return {
        model: modelOf(from),
        declaration: original === undefined ? undefined : from.declarations.get(original),
      };
    },
  };
  return model;
}

const plain = (type: Type): Property => ({
  type,
  required: !isNullable(type),
  readOnly: true,
  knownAtStart: false,
});

function inLoop(value: Expression, type: Type): Type {
  return bodyOf(value).loop === undefined ? type : { kind: 'array', item: type };
}

/** Which of the forms a resource has is told by a member of its body. */
function elementOf(
  type: Type & { readonly kind: 'discriminated' },
  resource: DeclaredResource,
): Type | undefined {
  const { object } = bodyOf(resource.syntax.value);
  const member = object?.members.find(
    (one) => one.kind === 'member' && 'text' in one.key && one.key.text === type.key,
  );
  const text = member?.kind === 'member' ? textOf(member.value) : undefined;
  return text === undefined ? undefined : type.elements.get(text);
}

/** Each resource has these, whatever its data tell. */
function withOwnNames(body: ObjectType): ObjectType {
  const known = (type: Type): Property => ({ type, required: false, readOnly: true, knownAtStart: true });
  const own = ['id', 'name', 'type', 'apiVersion'].map((name) => [name, known(STRING)] as const);
  return { ...body, properties: new Map([...body.properties, ...own]) };
}

// The types of one module as one file that imports nothing: what its exports mention, and what that mentions.
import ts from 'typescript';

/** Whose types are written out, as what they infer. */
const SCHEMA_PACKAGE = '/node_modules/zod/';

const WRITTEN_OUT: ts.NodeBuilderFlags =
  ts.NodeBuilderFlags.NoTruncation |
  ts.NodeBuilderFlags.InTypeAlias |
  ts.NodeBuilderFlags.MultilineObjectLiterals;

/**
 * From the declarations that the compiler wrote for `entry` (a `.d.ts` file). All names are exported. Throws where two
 * modules declare one name, where something is named otherwise than it is declared, and where a type can't be written
 * without a package.
 */
export function flatDeclarations(entry: string): string {
  const program = ts.createProgram([entry], {
    module: ts.ModuleKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    lib: ['lib.es2023.d.ts'],
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${entry} is no module: build first ("npm run build").`);

  const declared = new Map<string, ts.Symbol>();
  const texts: string[] = [];
  const visit = (symbol: ts.Symbol): void => {
    const known = declared.get(symbol.name);
    if (known === symbol) return;
    if (known !== undefined) throw new Error(`Two modules of ${entry} declare ${symbol.name}.`);
    declared.set(symbol.name, symbol);
    for (const declaration of symbol.declarations ?? []) {
      const { text, mentions } = written(checker, declaration);
      texts.push(text);
      mentions.forEach(visit);
    }
  };
  checker.getExportsOfModule(module).forEach((symbol) => visit(original(checker, symbol)));
  return `${texts.join('\n')}\n`;
}

interface Written {
  readonly text: string;
  readonly mentions: readonly ts.Symbol[];
}

/** One declaration as it stands in the file, exported, and what else must be declared for it. */
function written(checker: ts.TypeChecker, declaration: ts.Declaration): Written {
  if (ts.isTypeAliasDeclaration(declaration) && infersFromSchema(checker, declaration)) {
    const { name } = declaration;
    const node = checker.typeToTypeNode(checker.getTypeAtLocation(name), undefined, WRITTEN_OUT);
    if (node === undefined) throw new Error(`${name.text} has no type that could be written.`);
    const type = ts.createPrinter().printNode(ts.EmitHint.Unspecified, node, declaration.getSourceFile());
    if (/\bimport\(|\bz\./.test(type))
      throw new Error(`${name.text} can't be written without a package: ${type}`);
    return { text: `${commentOf(declaration)}export type ${name.text} = ${type};`, mentions: [] };
  }
  if (
    !ts.isInterfaceDeclaration(declaration) &&
    !ts.isTypeAliasDeclaration(declaration) &&
    !ts.isFunctionDeclaration(declaration)
  )
    throw new Error(`This is no type and no function: ${declaration.getText()}`);
  const text = declaration.getText().replace(/^export /, '');
  return { text: `${commentOf(declaration)}export ${text}`, mentions: mentionsOf(checker, declaration) };
}

/** What the declaration names that is declared neither by the language nor by Node. */
function mentionsOf(checker: ts.TypeChecker, declaration: ts.Node): ts.Symbol[] {
  const found: ts.Symbol[] = [];
  const walk = (node: ts.Node): void => {
    const name = ts.isTypeReferenceNode(node)
      ? node.typeName
      : ts.isExpressionWithTypeArguments(node)
        ? node.expression
        : undefined;
    const symbol = name === undefined ? undefined : checker.getSymbolAtLocation(name);
    if (name !== undefined && symbol !== undefined) {
      const meant = original(checker, symbol);
      if (isOurs(meant)) {
        if (meant.name !== name.getText())
          throw new Error(`${name.getText()} is declared as ${meant.name}: ${declaration.getText()}`);
        found.push(meant);
      }
    }
    ts.forEachChild(node, walk);
  };
  walk(declaration);
  return found;
}

function infersFromSchema(checker: ts.TypeChecker, declaration: ts.Node): boolean {
  let found = false;
  const walk = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) {
      const symbol = checker.getSymbolAtLocation(node.typeName);
      found ||= symbol !== undefined && fileOf(original(checker, symbol)).includes(SCHEMA_PACKAGE);
    }
    ts.forEachChild(node, walk);
  };
  walk(declaration);
  return found;
}

function original(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

/** A parameter of a type is declared where it is used. */
function isOurs(symbol: ts.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.TypeParameter) === 0 && !fileOf(symbol).includes('/node_modules/');
}

function fileOf(symbol: ts.Symbol): string {
  return symbol.declarations?.[0]?.getSourceFile().fileName ?? '';
}

function commentOf(declaration: ts.Node): string {
  const text = declaration.getSourceFile().text.slice(declaration.pos, declaration.getStart());
  const comment = /\/\*\*(?:[^*]|\*(?!\/))*\*\/\s*$/.exec(text)?.[0].trim();
  return comment === undefined ? '' : `${comment}\n`;
}

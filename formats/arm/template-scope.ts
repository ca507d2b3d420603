// What the expressions of one template see: its parameters and variables, each evaluated once, cycles told.
import { isMapping, type Reader } from '../reader';
import type { Budget } from './budget';
import { copiesOf, type Copy, copyCount, copyName } from './copies';
import { evaluate, type Locals, NO_LOCALS, type Scope, withCopy } from './evaluate';
import { ExhaustedError, ExpressionError, parseTemplateText, VaryingError } from './expression';
import { deploymentFunctions } from './functions/deployment-functions';
import { FUNCTIONS } from './functions/functions';
import { userFunctions } from './functions/user-functions';
import { bare, marked, secretMark } from './marks';
import { checkParameter } from './parameter-check';
import { type Declarations, type Declared, type Given, membersOf } from './parameters';

/**
 * The longest chain of parameters and variables that refer to each other; templates that people write have fewer than
 * ten.
 */
const MAX_CHAIN = 32;
const MAX_MESSAGE = 1000;

export class TemplateScope implements Scope {
  readonly budget: Budget;
  readonly location: string | undefined;
  readonly functions: Scope['functions'];
  readonly #declared: Declarations;
  readonly #given: ReadonlyMap<string, Given>;
  readonly #variables: ReadonlyMap<string, () => unknown>;
  readonly #known = new Map<string, { readonly value: unknown } | 'open'>();
  #chain = 0;

  constructor(of: {
    readonly template: Reader;
    readonly declared: Declarations;
    readonly given: ReadonlyMap<string, Given>;
    readonly location: string | undefined;
    readonly budget: Budget;
  }) {
    this.budget = of.budget;
    this.location = of.location;
    this.#declared = of.declared;
    this.#given = of.given;
    this.#variables = this.#variablesOf(of.template.at('variables'));
    const own = userFunctions(of.template.at('functions'), (output, parameters) =>
      this.deep(output, NO_LOCALS, this.#within(parameters)),
    );
    this.functions = new Map([...FUNCTIONS, ...deploymentFunctions(of.location), ...own]);
  }

  /** The value of a text of the template. Throws ExpressionError. */
  text(text: string, locals: Locals, scope: Scope = this): unknown {
    return evaluate(parseTemplateText(text), scope, locals);
  }

  /**
   * A value with all texts in it evaluated and copies made. Its depth is that of the document. Throws ExpressionError.
   */
  deep(value: unknown, locals: Locals, scope: Scope = this): unknown {
    if (typeof value === 'string') return this.text(value, locals, scope);
    if (Array.isArray(value)) return value.map((item) => this.deep(item, locals, scope));
    if (!isMapping(value)) return value;
    const copies = copiesOf(value);
    const own = Object.entries(value).filter(([name]) => copies.length === 0 || name !== 'copy');
    return Object.fromEntries([
      ...own.map(([name, member]) => [name, this.deep(member, locals, scope)]),
      ...copies.map((copy) => [
        copyName(this.deep(copy.name, locals, scope)),
        this.#copied(copy, locals, scope),
      ]),
    ]);
  }

  readonly parameter = (name: string): unknown => {
    const declared = this.#declared.parameters.get(name.toLowerCase());
    if (declared === undefined)
      throw new ExpressionError(
        `uses the parameter ${name.slice(0, 100)}, which the template does not declare`,
      );
    return this.#once(`the parameter ${declared.name}`, () => {
      const value = this.#parameterValue(declared);
      return declared.isSecure ? marked(value, secretMark(declared.name)) : value;
    });
  };

  readonly variable = (name: string): unknown => {
    const find = this.#variables.get(name.toLowerCase());
    if (find === undefined)
      throw new ExpressionError(`uses the variable ${name.slice(0, 100)}, which the template does not have`);
    return this.#once(`the variable ${name}`, find);
  };

  /** Members by name, and copies under theirs. */
  #variablesOf(variables: Reader): ReadonlyMap<string, () => unknown> {
    const copies = isMapping(variables.value) ? copiesOf(variables.value) : [];
    const members = membersOf(variables).filter(([name]) => copies.length === 0 || name !== 'copy');
    return new Map([
      ...members.map(
        ([name, { value }]) => [name.toLowerCase(), (): unknown => this.deep(value, NO_LOCALS)] as const,
      ),
      ...copies.flatMap((copy) =>
        typeof copy.name === 'string'
          ? [[copy.name.toLowerCase(), (): unknown => this.#copied(copy, NO_LOCALS, this)] as const]
          : [],
      ),
    ]);
  }

  #copied({ name, count, input }: Copy, locals: Locals, scope: Scope): unknown[] {
    const key = copyName(this.deep(name, locals, scope));
    const length = copyCount(this.deep(count, locals, scope));
    return Array.from({ length }, (_, index) =>
      this.budget.spend(this.deep(input, withCopy(locals, [key], index), scope)),
    );
  }

  #parameterValue({ name, declaration, standard }: Declared): unknown {
    const given = this.#given.get(name.toLowerCase());
    const value = given === undefined ? this.#defaultOf(name, declaration, standard) : given.value();
    const plain = bare(
      value,
      () => {
        this.budget.visit();
      },
      () => undefined,
    );
    checkParameter(name, declaration, plain, this.#declared.definitions);
    return value;
  }

  #defaultOf(name: string, declaration: Declared['declaration'], standard: Reader): unknown {
    const give = `give it beside the template (gpujobs: --parameters ${name}=VALUE; HTTP: "parameters" beside "template")`;
    if (standard.value === undefined) {
      if (declaration['nullable'] === true) return null;
      throw new ExpressionError(
        `uses the parameter ${name}, which has no default and was not given; ${give}`,
      );
    }
    try {
      return this.deep(standard.value, NO_LOCALS);
    } catch (error) {
      if (!(error instanceof VaryingError)) throw error;
      throw new ExpressionError(
        `uses the parameter ${name}, whose default ${error.what}: it differs each time, and the same submission must make the same job; ${give}`,
      );
    }
  }

  /** What the output of a function sees: its own parameters, nothing of the template's. */
  #within(parameters: ReadonlyMap<string, unknown>): Scope {
    return {
      budget: this.budget,
      functions: this.functions,
      parameter: (name) => {
        const key = name.toLowerCase();
        if (parameters.has(key)) return parameters.get(key);
        throw new ExpressionError(
          `uses the parameter ${name.slice(0, 100)}, which the function does not have`,
        );
      },
      variable: (name) => {
        throw new ExpressionError(`uses the variable ${name.slice(0, 100)} in a function, which sees none`);
      },
    };
  }

  #once(what: string, find: () => unknown): unknown {
    const key = what.toLowerCase();
    const known = this.#known.get(key);
    if (known === 'open') throw new ExpressionError(`uses ${what}, which is made from itself`);
    if (known !== undefined) return known.value;
    if (this.#chain === MAX_CHAIN)
      throw new ExpressionError(`uses ${what}, at the end of a chain of more than ${MAX_CHAIN}`);
    return this.#find(key, what, find);
  }

  #find(key: string, what: string, find: () => unknown): unknown {
    this.#chain += 1;
    this.#known.set(key, 'open');
    try {
      const value = find();
      this.#known.set(key, { value });
      return value;
    } catch (error) {
      this.#known.delete(key);
      if (!(error instanceof ExpressionError) || error instanceof ExhaustedError) throw error;
      if (error.message.startsWith(`uses ${what},`)) throw error;
      throw new ExpressionError(`uses ${what}, which ${error.message}`.slice(0, MAX_MESSAGE));
    } finally {
      this.#chain -= 1;
    }
  }
}

// What the expressions of one template see: its parameters and variables, each evaluated once, cycles told.
import { isMapping, type Reader } from '../reader';
import { Budget } from './budget';
import { deploymentFunctions } from './deployment-functions';
import { evaluate, type Scope } from './evaluate';
import { ExpressionError, parseTemplateText } from './expression';
import { FUNCTIONS } from './functions';
import { checkParameter, type Declared, type Given } from './parameters';

/** Parameters and variables that refer to each other; nobody chains ten. */
const MAX_CHAIN = 32;
const MAX_MESSAGE = 1000;

/** What a value was made of besides its own text. */
export interface Made {
  /** Names of secure parameters. */
  readonly secrets: ReadonlySet<string>;
  /** What stands for something that is not known here, for a person. */
  readonly assumptions: ReadonlySet<string>;
}

export class TemplateScope implements Scope {
  readonly budget = new Budget();
  readonly functions: Scope['functions'];
  readonly location: string | undefined;
  readonly #declared: ReadonlyMap<string, Declared>;
  readonly #given: ReadonlyMap<string, Given>;
  readonly #variables: ReadonlyMap<string, Reader>;
  readonly #known = new Map<string, { readonly value: unknown; readonly made: Made } | 'open'>();
  #chain = 0;
  #made = { secrets: new Set<string>(), assumptions: new Set<string>() };

  constructor(of: {
    readonly declared: ReadonlyMap<string, Declared>;
    readonly given: ReadonlyMap<string, Given>;
    readonly variables: Reader;
    readonly location: string | undefined;
  }) {
    this.#declared = of.declared;
    this.#given = of.given;
    const names = of.variables.present && of.variables.isMapping() ? of.variables.keys() : [];
    this.#variables = new Map(names.map((name) => [name.toLowerCase(), of.variables.at(name)]));
    this.location = of.location;
    const assume = (what: string): void => void this.#made.assumptions.add(what);
    this.functions = new Map([...FUNCTIONS, ...deploymentFunctions(assume, of.location)]);
  }

  /** The value of a text of the template, and what it was made of. Throws ExpressionError. */
  text(text: string): { value: unknown; made: Made } {
    const outer = this.#made;
    this.#made = { secrets: new Set(), assumptions: new Set() };
    try {
      return { value: evaluate(parseTemplateText(text), this), made: this.#made };
    } finally {
      this.#made = outer;
    }
  }

  readonly parameter = (name: string): unknown => {
    const declared = this.#declared.get(name.toLowerCase());
    if (declared === undefined)
      throw new ExpressionError(
        `uses the parameter ${name.slice(0, 100)}, which the template does not declare`,
      );
    if (declared.isSecure) this.#made.secrets.add(declared.name);
    return this.#once(`the parameter ${declared.name}`, () => this.#parameterValue(declared));
  };

  readonly variable = (name: string): unknown => {
    const variable = this.#variables.get(name.toLowerCase());
    if (variable === undefined)
      throw new ExpressionError(`uses the variable ${name.slice(0, 100)}, which the template does not have`);
    return this.#once(`the variable ${name}`, () => this.#deep(variable.value));
  };

  #parameterValue(declared: Declared): unknown {
    const given = this.#given.get(declared.name.toLowerCase());
    const standard = declared.reader.at('defaultValue');
    if (given === undefined && !standard.present)
      throw new ExpressionError(
        `uses the parameter ${declared.name}, which has no default and was not given; give it beside the template`,
      );
    const value = given === undefined ? this.#deep(standard.value) : given.value;
    checkParameter(declared, value);
    return value;
  }

  /** A value with all texts in it evaluated. Its depth is that of the document. */
  #deep(value: unknown): unknown {
    if (typeof value === 'string') return evaluate(parseTemplateText(value), this);
    if (Array.isArray(value)) return value.map((item) => this.#deep(item));
    if (isMapping(value))
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.#deep(member)]));
    return value;
  }

  #once(what: string, find: () => unknown): unknown {
    const key = what.toLowerCase();
    const known = this.#known.get(key);
    if (known === 'open') throw new ExpressionError(`uses ${what}, which is made from itself`);
    if (known !== undefined) {
      this.#merge(known.made);
      return known.value;
    }
    if (this.#chain === MAX_CHAIN)
      throw new ExpressionError(`uses ${what}, at the end of a chain of more than ${MAX_CHAIN}`);
    return this.#find(key, what, find);
  }

  #find(key: string, what: string, find: () => unknown): unknown {
    const outer = this.#made;
    this.#made = { secrets: new Set(), assumptions: new Set() };
    this.#chain += 1;
    this.#known.set(key, 'open');
    try {
      const value = find();
      this.#known.set(key, { value, made: this.#made });
      return value;
    } catch (error) {
      this.#known.delete(key);
      if (!(error instanceof ExpressionError) || error.message.startsWith(`uses ${what},`)) throw error;
      throw new ExpressionError(`uses ${what}, which ${error.message}`.slice(0, MAX_MESSAGE));
    } finally {
      this.#chain -= 1;
      const inner = this.#made;
      this.#made = outer;
      this.#merge(inner);
    }
  }

  #merge({ secrets, assumptions }: Made): void {
    for (const secret of secrets) this.#made.secrets.add(secret);
    for (const assumption of assumptions) this.#made.assumptions.add(assumption);
  }
}

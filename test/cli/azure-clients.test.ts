import { needAzureClients } from '../../cli/azure-clients';
import { CliError } from '../../cli/cli-error';
import { EXIT } from '../../cli/exit-codes';

const notThere = (name: string): never => {
  throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
};

test('a command that needs them runs where they are installed', () => {
  expect(() => needAzureClients()).not.toThrow();
});

test('where some are not, it says which and how to install them', () => {
  const find = (name: string): string => (name === '@azure/identity' ? notThere(name) : name);
  const failure = (() => {
    try {
      needAzureClients(find);
      return undefined;
    } catch (error) {
      return error;
    }
  })();
  expect(failure).toBeInstanceOf(CliError);
  expect(failure).toMatchObject({
    exitCode: EXIT.config,
    message: expect.stringMatching(
      /not installed: @azure\/identity\.\n.*npm install "@azure\/identity@\^\d+\.\d+\.\d+"$/,
    ) as unknown,
  });
});

test('what else goes wrong in finding them is not taken for a package that is missing', () => {
  const find = (): never => {
    throw new Error('the disk is gone');
  };
  expect(() => needAzureClients(find)).toThrow('the disk is gone');
});

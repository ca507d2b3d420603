import { shareAddress } from '../../../domain/placement/share';

describe("a share's URL", () => {
  test.each([
    ['https://account.file.core.windows.net/results', 'https://account.file.core.windows.net/'],
    ['https://account.file.core.chinacloudapi.cn/results', 'https://account.file.core.chinacloudapi.cn/'],
    ['https://account.z01.file.storage.azure.net/results', 'https://account.z01.file.storage.azure.net/'],
    ['http://127.0.0.1:10004/account/results', 'http://127.0.0.1:10004/account'],
  ])('%s names the account, the share and the service', (url, service) => {
    const address = shareAddress(url);
    expect({ ...address, service: address?.service.href }).toEqual({
      account: 'account',
      share: 'results',
      service,
    });
  });

  test.each([
    'account/results',
    'http://account.file.core.windows.net/results',
    'https://account.file.core.windows.net:444/results',
    'https://account.file.core.windows.net',
    'https://account.file.core.windows.net/',
    'https://account.file.core.windows.net/results/',
    'https://account.file.core.windows.net/results/folder',
    'https://account.file.core.windows.net/results?sv=2024&sig=abc',
    'https://account.file.core.windows.net/results#x',
    'https://user:password@account.file.core.windows.net/results',
    'https://account.blob.core.windows.net/results',
    'https://account.file.core.windows.net.evil.example/results',
    'https://evil.example/account.file.core.windows.net/results',
    'https://169.254.169.254/metadata',
    'http://169.254.169.254/account/results',
    'http://10.0.0.1/account/results',
    'https://127.0.0.1/account/results',
    'https://account.file.core.windows.net/a--b',
    'https://account.file.core.windows.net/%2e%2e',
    'file:///account/results',
  ])('%s is none', (url) => {
    expect(shareAddress(url)).toBeUndefined();
  });
});

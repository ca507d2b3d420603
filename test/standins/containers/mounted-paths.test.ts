// Paths of mounts in what a program is told.
import { mountedFolder, withMountedPaths } from '../../../standins/containers/mounted-paths';

const MOUNTS = [
  { path: '/data', folder: '/disk/a', readOnly: true },
  { path: '/mnt/out', folder: '/data/results', readOnly: false },
  { path: '/mnt/out/deep', folder: '/disk/deep', readOnly: false },
];

it.each([
  ['the path alone', '/data', '/disk/a'],
  ['a file below it', '/data/train.csv', '/disk/a/train.csv'],
  ['the value of an option', '--data=/data', '--data=/disk/a'],
  [
    'within a command of a shell',
    'cat "/data/x" >/mnt/out/y; ls /data',
    'cat "/disk/a/x" >/data/results/y; ls /disk/a',
  ],
  ['several in a search path', '/bin:/data:/mnt/out/lib', '/bin:/disk/a:/data/results/lib'],
  ['the inner of nested mounts', '/mnt/out/deep/er', '/disk/deep/er'],
  ['a slash at its end', '/data/', '/disk/a/'],
])('are written as folders of this machine: %s', (_what, told, led) => {
  expect(withMountedPaths(told, MOUNTS)).toBe(led);
});

it.each([
  ['a longer name', '/database'],
  ['a name with an ending', '/data.csv'],
  ['a path that ends alike', '/srv/data'],
  ['a relative path', 'some/data'],
  ['a URL', 'https://example.com/data'],
])('are left alone in %s', (_what, told) => {
  expect(withMountedPaths(told, MOUNTS)).toBe(told);
});

it('take the signs of a path for what they are', () => {
  const mounts = [{ path: '/a+b(c)', folder: '/disk/$&', readOnly: false }];
  expect(withMountedPaths('/a+b(c)/x /aab', mounts)).toBe('/disk/$&/x /aab');
});

it('are not replaced by a mount of the root, which every path is below', () => {
  expect(withMountedPaths('/bin/sh', [{ path: '/', folder: '/disk', readOnly: false }])).toBe('/bin/sh');
});

it('lead a working directory into its mount, and to nothing outside of every mount', () => {
  expect(mountedFolder('/mnt/out/run/1', MOUNTS)).toBe('/data/results/run/1');
  expect(mountedFolder('/data/', MOUNTS)).toBe('/disk/a');
  expect(mountedFolder('/workspace', MOUNTS)).toBeUndefined();
});

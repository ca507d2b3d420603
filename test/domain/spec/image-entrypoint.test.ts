import { entrypointOf, repositoryOf } from '../../../domain/spec/image-entrypoint';
import { refusal } from '../../support/on-aci';
import { testPlacement } from '../../support/placements';

const PLACEMENT = testPlacement({
  entrypoints: { 'registry.example:5000/team/train': ['python', 'train.py'], 'a:2': ['two'], a: ['any'] },
});

describe('the entrypoint of an image', () => {
  test.each([
    ['registry.example:5000/team/train', 'registry.example:5000/team/train'],
    ['registry.example:5000/team/train:1', 'registry.example:5000/team/train'],
    ['registry.example/train:1@sha256:00', 'registry.example/train'],
    ['train@sha256:00', 'train'],
    ['train', 'train'],
  ])('is looked up by repository: that of %s is %s', (image, repository) => {
    expect(repositoryOf(image)).toBe(repository);
  });

  test('is that of the very image before that of its repository', () => {
    expect(entrypointOf('a:2', PLACEMENT)).toEqual(['two']);
    expect(entrypointOf('a:3', PLACEMENT)).toEqual(['any']);
    expect(entrypointOf('b', PLACEMENT)).toBeUndefined();
    expect(entrypointOf('constructor', PLACEMENT)).toBeUndefined();
  });

  test('is what lets a placement take arguments without a command', () => {
    const args = ['--max_steps', '500'];
    expect(refusal({ image: 'a:1', args }, PLACEMENT)).toBeUndefined();
    expect(refusal({ image: 'b:1', args: [] }, PLACEMENT)).toBeUndefined();
    expect(refusal({ image: 'b:1', command: ['b'], args }, PLACEMENT)).toBeUndefined();
    expect(refusal({ image: 'b:1', args }, PLACEMENT)).toMatch(
      /give the whole command .* "entrypoints": \{ "b":/,
    );
  });
});

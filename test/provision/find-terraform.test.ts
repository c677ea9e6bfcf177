import fs from 'node:fs';
import path from 'node:path';
import { findTerraform, type TerraformSearch } from '../../src/provision/find-terraform';
import { temporaryFolder } from '../support/pachkit';

/** A folder with programs, and one that Terraform works in. */
function withPrograms(...names: readonly string[]) {
  const root = temporaryFolder();
  const bin = path.join(root, 'bin');
  const directory = path.join(root, 'terraform');
  for (const folder of [bin, directory]) fs.mkdirSync(folder);
  for (const name of names) fs.writeFileSync(path.join(bin, name), '', { mode: 0o755 });
  const find = (more: Partial<TerraformSearch> = {}): string | undefined => {
    const found = findTerraform({ path: `/nowhere:${bin}`, workingDirectory: root, directory, ...more });
    return found && path.relative(root, found);
  };
  return { find, bin, directory };
}

test('Terraform comes before OpenTofu', () => {
  expect(withPrograms('terraform', 'tofu').find()).toBe('bin/terraform');
  expect(withPrograms('tofu').find()).toBe('bin/tofu');
  expect(withPrograms().find()).toBeUndefined();
});

test.each([
  ['registry.opentofu.org', 'bin/tofu'],
  ['registry.terraform.io', 'bin/terraform'],
])('a folder that was initialized from %s goes on with the program of that registry', (registry, program) => {
  const { find, directory } = withPrograms('terraform', 'tofu');
  fs.writeFileSync(path.join(directory, '.terraform.lock.hcl'), `provider "${registry}/auth0/auth0" {}\n`);
  expect(find()).toBe(program);
});

test('the one that is named is used, and no other', () => {
  const { find, bin } = withPrograms('terraform', 'terraform-1.12');
  expect(find({ named: 'terraform-1.12' })).toBe('bin/terraform-1.12');
  expect(find({ named: './bin/terraform-1.12' })).toBe('bin/terraform-1.12');
  expect(find({ named: path.join(bin, 'terraform') })).toBe('bin/terraform');
  expect(find({ named: 'tofu' })).toBeUndefined();
  expect(find({ named: './tofu' })).toBeUndefined();
});

test('a file that is no program, and a folder of the name, are passed by', () => {
  const { find, bin } = withPrograms('tofu');
  fs.mkdirSync(path.join(bin, 'terraform'));
  expect(find()).toBe('bin/tofu');
  fs.chmodSync(path.join(bin, 'tofu'), 0o644);
  expect(find()).toBeUndefined();
});

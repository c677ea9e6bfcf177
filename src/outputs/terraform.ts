import { compare } from '../diagnostics/diagnostic';
import { synthesizeTerraform } from '../terraform/synthesize-terraform';
import type { Output } from './output';

/** `terraform/cdk.tf.json`: the application at Auth0, as `terraform -chdir=… apply` takes it. */
export const terraform: Output = {
  emit: (cluster) => ({
    files: Object.entries(synthesizeTerraform(cluster) ?? {})
      .sort(([a], [b]) => compare(a, b))
      .map(([name, content]) => ({ path: `terraform/${name}`, content, isSecret: false })),
  }),
};

/**
 * The only importer of cdktf. HashiCorp archived cdktf 0.21; cdktn continues it with the same API, so moving there means
 * naming it here and in package.json. See docs/guide/auth0.md.
 */
export {
  App,
  TerraformBackend,
  TerraformDataSource,
  TerraformOutput,
  TerraformProvider,
  TerraformRemoteState,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Token,
} from 'cdktf';
export type { ITerraformDependable, TerraformMetaArguments } from 'cdktf';

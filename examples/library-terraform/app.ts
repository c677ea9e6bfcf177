/** The application at Auth0 beside a resource of one's own: who logs in is said in one place. Run it: `node app.js`. */
import { App, TerraformOutput, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { Auth0Application, templateText, type PachydermAuth0Props } from 'pachkit';

/** Stands for a resource of generated bindings: tells an address of yours which client id to expect. */
class Data extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly input: string,
  ) {
    super(scope, id, { terraformResourceType: 'terraform_data' });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.input };
  }
}

const auth0: PachydermAuth0Props = {
  domain: 'acme.eu.auth0.com',
  application: { name: 'Pachyderm' },
  allow: { emailDomains: ['acme.com'] },
  groups: { claim: 'https://acme.com/groups' },
  roles: [{ name: 'data-science', description: templateText('People who build pipelines') }],
};

const app = new App();
const stack = new TerraformStack(app, 'infrastructure');
const login = new Auth0Application(stack, 'login', {
  auth0,
  callbackUrl: 'https://pachyderm.acme.com/dex/callback',
  clusterName: 'prod',
});
for (const { code, message } of login.warnings) console.error(`warning ${code}: ${message}`);
new Data(stack, 'audit', login.clientId);
new TerraformOutput(stack, 'client_id', { value: login.clientId });
app.synth();

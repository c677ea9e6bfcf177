import type { SourceNode } from '../document/source-node';
import { nameByMarks, type Marked } from './marks';

/** Files of other programs that are often beside ours, and have keys such as `name`, `type` or `version` as ours do. */
const FILES: readonly Marked[] = [
  [
    'a package.json of npm',
    ['devDependencies'],
    ['peerDependencies'],
    ['private', 'workspaces'],
    ['name', 'version', 'scripts'],
    ['name', 'version', 'dependencies', 'main'],
    ['name', 'version', 'exports'],
    ['name', 'version', 'engines'],
    ['name', 'version', 'license'],
    ['version', 'type=module'],
    ['version', 'type=commonjs'],
  ],
  ['a lock file of npm', ['lockfileVersion']],
  ['a composer.json of PHP', ['name', 'require'], ['autoload', 'require']],
  ['a configuration of TypeScript', ['compilerOptions']],
  ['a configuration of ESLint', ['rules', 'extends'], ['rules', 'parserOptions'], ['rules', 'plugins']],
  ['a configuration of Renovate', ['packageRules']],
  ['a Compose file', ['services/*/image'], ['services/*/build']],
  ['a workflow of GitHub Actions', ['jobs/*/runs-on'], ['jobs/*/uses']],
  ['an action of GitHub', ['runs/using']],
  [
    'the Chart.yaml of a Helm chart',
    ['apiVersion=v1', 'name', 'version'],
    ['apiVersion=v2', 'name', 'version'],
  ],
  ['a Kustomization', ['kind=Kustomization'], ['resources', 'namespace'], ['resources', 'images']],
  ['a kubeconfig', ['kind=Config', 'clusters', 'contexts']],
  ['an OpenAPI document', ['openapi', 'info'], ['swagger', 'info']],
  ['a state of Terraform', ['terraform_version', 'lineage']],
  ['a plan of Terraform', ['terraform_version', 'planned_values']],
  ['a dashboard of Grafana', ['panels', 'schemaVersion'], ['dashboard/panels']],
  ['a specification of a pipeline', ['pipeline/name', 'transform']],
  ['a realm of Keycloak', ['realm', 'clientScopes'], ['realm', 'clients', 'roles'], ['realm', 'enabled']],
  ['a client of Keycloak', ['clientId', 'redirectUris'], ['clientId', 'protocol']],
  ['a key of a service account of Google', ['type=service_account', 'private_key']],
  ['a discovery document of OpenID Connect', ['issuer', 'authorization_endpoint']],
];

/** Files that have keys of documents too, and others that no document has. */
const CERTAIN: readonly Marked[] = [
  [
    'a configuration of Authelia',
    ['authentication_backend', 'session'],
    ['authentication_backend', 'storage'],
    ['access_control', 'identity_providers'],
    ['identity_providers/oidc', 'storage'],
  ],
];

/** Files that are lists, by their first item. */
const LISTS: readonly Marked[] = [
  ['a playbook of Ansible', ['hosts', 'tasks'], ['hosts', 'roles'], ['hosts', 'vars'], ['import_playbook']],
  [
    'a list of tasks of Ansible',
    ['kubernetes.core.helm'],
    ['kubernetes.core.k8s'],
    ['community.kubernetes.helm'],
    ['ansible.builtin.include_tasks'],
  ],
];

/** What a file of another program is called whatever other keys it has. */
export function certainlyWellKnown(root: SourceNode): string | undefined {
  const [first] = root.items ?? [];
  return first ? nameByMarks(LISTS, first) : nameByMarks(CERTAIN, root);
}

/** What a file of another program is called in a sentence; undefined where no mark tells it. */
export function wellKnownFile(root: SourceNode): string | undefined {
  return nameByMarks(FILES, root);
}

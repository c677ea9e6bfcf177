import type { ClusterDocument } from '../../generated/cluster-document';
import type { Finding, Rule } from '../rule';

type Backend = NonNullable<NonNullable<NonNullable<ClusterDocument['auth0']>['terraform']>['backend']>;

export const unusableBackend: Rule = {
  code: 'TFM014',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Backend that Terraform cannot use',
  reason:
    'Terraform has one backend. Its settings are constants: a reference or a template in them is an error. And an absolute path to a local state is another one on every machine, so that Terraform would create everything a second time there.',
  remedy: 'Keep one backend, with plain values and relative paths.',
  *check({ document }) {
    yield* checkBackend('auth0', document.auth0?.terraform?.backend);
    yield* checkBackend('keycloak', document.keycloak?.terraform?.backend);
  },
};

function* checkBackend(section: string, backend: Backend | undefined): Iterable<Finding> {
  const backends = Object.entries(backend ?? {});
  const path = [section, 'terraform', 'backend'];
  for (const [kind] of backends.slice(1))
    yield {
      path: [...path, kind],
      onKey: true,
      message: `Terraform keeps its state in one backend, and there is ${backends[0]?.[0] ?? ''} already`,
      hint: 'keep one of them',
    };
  for (const [kind, settings] of backends) yield* checkSettings([...path, kind], settings as object);
  const file = backend?.local?.path;
  if (file !== undefined && /^([/\\~]|[A-Za-z]:)/.test(file))
    yield {
      path: [...path, 'local', 'path'],
      message: `${file} is an absolute path: on another machine Terraform finds no state there and creates everything again`,
      hint: 'write a path relative to the folder of the output, such as terraform.tfstate',
    };
}

function* checkSettings(path: readonly (string | number)[], settings: object): Iterable<Finding> {
  for (const [key, value] of Object.entries(settings) as [string, unknown][])
    if (typeof value === 'string' && /[$%]\{/.test(value))
      yield {
        path: [...path, key],
        message: 'Terraform takes no templates in the settings of a backend',
        hint: 'write the value out',
      };
    else if (typeof value === 'object' && value !== null) yield* checkSettings([...path, key], value);
}

import { formatPath } from '../../document/source-node';
import { tlsSecrets } from '../../model/tls-secrets';
import { writtenSecrets } from '../../model/written-secrets';
import type { Finding, Rule, RuleContext } from '../rule';
import { secretFields } from '../support/secret-fields';

export const clashingTlsSecret: Rule = {
  code: 'ACC021',
  severity: 'error',
  reads: ['cluster'],
  title: 'Certificate whose Secret cannot be written',
  reason:
    'A certificate of the document and its key are written as the Secret that secretName names. Another Secret of that name that pachkit writes is replaced by it, or replaces it. The key has to be known for that: it cannot be in a Secret of the namespace, nor can it be generated, since it belongs to its certificate.',
  remedy:
    'Give each certificate a secretName of its own, and its key as { env: NAME } or { file: PATH }. For a Secret that exists, remove newSecret and name it in secretName.',
  *check(context) {
    yield* keys(context);
    const { cluster } = context;
    const taken = new Set(Object.keys(writtenSecrets(cluster, { withTls: false })));
    for (const { name, path } of tlsSecrets(cluster)) {
      if (taken.has(name))
        yield {
          path: [...path, 'secretName'],
          message: `pachkit writes another Secret ${name}, and only one of the two is in the cluster then`,
          hint: 'use another name',
        };
      taken.add(name);
    }
  },
};

function* keys({ document }: RuleContext): Iterable<Finding> {
  for (const { path, value } of secretFields(document)) {
    if (path.at(-2) !== 'newSecret' || typeof value === 'string') continue;
    if ('existing' in value)
      yield {
        path: [...path, 'existing'],
        onKey: true,
        message: `${formatPath(path)} is written into a Secret, and a key that is in another Secret cannot be`,
        hint: 'use { env: NAME } or { file: PATH }; or remove newSecret and name the Secret that exists in secretName',
      };
    else if ('generate' in value)
      yield {
        path: [...path, 'generate'],
        onKey: true,
        message: `${formatPath(path)} belongs to the certificate and cannot be generated: TLS does not start (\`tls: failed to find any PEM data in key input\`)`,
        hint: 'use { env: NAME } or { file: PATH }',
      };
  }
}

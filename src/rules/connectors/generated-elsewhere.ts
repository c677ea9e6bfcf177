import { formatPath, writtenPath } from '../../document/source-node';
import { isGenerated } from '../../model/secret-reader';
import { secretFields, type SecretField } from '../support/secret-fields';
import type { Rule, RuleContext } from '../rule';

export const generatedElsewhere: Rule = {
  code: 'PCH110',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'secrets',
  title: 'Generated secret that someone else has to know',
  reason:
    "A client secret, the password of a directory or of a database on another server, a license key: these are made by anyone who checks them. One that pachkit generates is known to no one but this cluster, and is refused until it is set there too; what only the other side can make, such as a license key or a cloud's credentials, never works.",
  remedy:
    'Give the secret that the other side has, as { env: NAME }, { file: PATH } or { existing: { name, key } }. Or set the generated one there; it is in .pachkit/.',
  *check(context) {
    for (const field of secretFields(context.document))
      if (isGenerated(field.value) && !field.isOurs && isForeign(context, field))
        yield {
          path: field.path,
          message: `${formatPath(writtenPath(context.root, field.path))} is generated for this cluster, and anyone who checks it does not know it`,
          hint: 'give the secret that is known there, such as { env: NAME }; or set the generated one there',
        };
  },
};

/** Whether someone else checks the secret: the server inside the cluster takes the passwords that it is given. */
function isForeign({ document }: RuleContext, { path }: SecretField): boolean {
  return path[0] !== 'dex' || path[1] !== 'storage' || document.dex?.storage?.postgres?.host !== undefined;
}

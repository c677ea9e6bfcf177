import type { Cluster } from '../../model/cluster';
import { ignoredFields, type IgnoredField } from '../support/ignored-fields';
import type { Rule } from '../rule';

const FIELDS: readonly IgnoredField[] = [
  ...(['sops', 'sealedSecret', 'externalSecret'] as const).map((form) => ({
    path: ['secrets', form],
    when: ({ secretForm }: Cluster) => secretForm.kind !== form,
    why: ({ secretForm }: Cluster) => `secrets.output is ${secretForm.kind}`,
    hint: `write secrets.output: ${form}, or remove the section`,
  })),
  {
    path: ['secrets', 'encryptionKey'],
    when: ({ secretForm }) => !('encryptionKey' in secretForm),
    why: ({ secretForm }) => `secrets.output is ${secretForm.kind}, which encrypts nothing`,
    hint: 'remove it',
  },
];

export const ignoredSecretSettings: Rule = {
  code: 'SEC024',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'secrets',
  title: 'Settings for another form of Secrets',
  reason:
    'secrets.output names one form in which Secrets are written. Settings for other forms do nothing: secrets that are thought to be encrypted may be written in clear text.',
  remedy: 'Name the form in secrets.output, or remove the settings.',
  *check(context) {
    yield* ignoredFields(FIELDS, context);
  },
};

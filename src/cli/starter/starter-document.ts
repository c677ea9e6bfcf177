import { accessRows } from './access';
import type { StarterChoices } from './choices';
import { administrator, providerRow } from './providers';
import { storageRows } from './storage';

/** The document that `pachkit init` writes. */
export function starterDocument(choices: StarterChoices): string {
  const { release, provider, access, storage } = choices;
  const name = yamlName(choices.name);
  const sections = [
    [
      '# yaml-language-server: $schema=./schemas/cluster.schema.json',
      'apiVersion: pachkit/v1',
      `name: ${name}`,
      `release: ${release.version.text}`,
    ],
    ...(choices.profile === 'dev' ? [profileLines(choices), seedLines(name)] : []),
    accessRows[access].lines(choices),
    [
      'auth:',
      '  roleBindings:',
      `    "user:${administrator(choices)}": [clusterAdmin]`,
      ...(release.hasProjects ? ['    allClusterUsers: [projectCreator]'] : []),
    ],
    ...(release.needsLicense
      ? [
          [
            '# Authentication needs a license up to release 2.11.',
            'enterprise:',
            '  licenseKey: { env: PACHYDERM_LICENSE }',
          ],
        ]
      : []),
    providerRow(provider).lines(choices),
    storageRows[storage].lines(choices),
    ...(choices.profile === 'dev' ? [] : [HARDENING]),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const HARDENING = [
  '# NetworkPolicies, limits and less rights than in the official chart. A cluster that Helm installed restarts with it.',
  'security:',
  '  hardening: strict',
];

/** A folder may be called 2025 or true, which YAML takes for something other than a string. */
function yamlName(name: string): string {
  return /^(\d.*|true|false|null)$/.test(name) ? `'${name}'` : name;
}

function profileLines({ provider }: StarterChoices): string[] {
  const seed =
    '# dev permits the mock login and the seed below. For a cluster that others can reach, remove this line and the section';
  return provider === 'mock'
    ? [
        seed,
        '# secrets, and replace the mock login by a connector of your identity provider, such as: type: ldap.',
        'profile: dev',
      ]
    : [
        '# dev permits the seed below. For a cluster that others can reach, remove this line and the section secrets.',
        'profile: dev',
      ];
}

function seedLines(name: string): string[] {
  return [
    '# Secrets are derived from the seed, so that every machine makes the same dev cluster.',
    'secrets:',
    `  seed: ${name}`,
  ];
}

/** The environment variables that the document reads secrets from. */
export function starterVariables(document: string): string[] {
  return [...new Set([...document.matchAll(/\{ env: (\w+) \}/g)].map(([, name]) => name ?? ''))];
}

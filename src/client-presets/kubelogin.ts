import { shellWord } from '../diagnostics/shell-word';
import type { ClientPreset } from './preset';

const SECRET_VARIABLE = 'KUBELOGIN_CLIENT_SECRET';
const EXTRA_SCOPES = ['email', 'groups', 'offline_access'] as const;

/**
 * kubelogin, which is `kubectl oidc-login`: its ports and options as in docs/usage.md of kubelogin 1.32. It tries port 8000,
 * then 18000; the device flow is for machines without a browser.
 */
export const kubelogin: ClientPreset = {
  name: 'kubelogin',
  title: 'kubectl oidc-login (kubelogin)',
  callbacks: ['http://localhost:8000', 'http://localhost:18000'],
  isProgram: true,
  secretVariable: SECRET_VARIABLE,
  needsOneIssuer: true,
  scopes: ['openid', ...EXTRA_SCOPES],
  settings: ({ id, issuer, isPublic }) => {
    const options = [
      `--oidc-issuer-url=${issuer}`,
      `--oidc-client-id=${id}`,
      ...EXTRA_SCOPES.map((scope) => `--oidc-extra-scope=${scope}`),
    ];
    return {
      file: 'kubeconfig of each person, with kubectl',
      language: 'sh',
      lines: [
        'kubectl config set-credentials pachyderm --exec-api-version=client.authentication.k8s.io/v1 \\',
        '  --exec-interactive-mode=Never --exec-command=kubectl --exec-arg=oidc-login --exec-arg=get-token \\',
        [
          ...options.map((option) => `  --exec-arg=${shellWord(option)}`),
          ...(isPublic ? [] : [`  --exec-arg="--oidc-client-secret=$${SECRET_VARIABLE}"`]),
        ].join(' \\\n'),
        ...(isPublic
          ? [
              '',
              '# on a machine without a browser',
              ['kubectl oidc-login get-token --grant-type=device-code', ...options.map(shellWord)].join(
                ' \\\n  ',
              ),
            ]
          : []),
      ],
    };
  },
  notes: [
    'The API server needs --oidc-issuer-url and --oidc-client-id with the same values, --oidc-username-claim=email and --oidc-groups-claim=groups; it takes an issuer with https alone',
  ],
};

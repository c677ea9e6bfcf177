import { outside } from '../releases/release';
import { RELEASE_FLAGS } from '../releases/release-traits';
import type { Mistake } from './chart-mistake';
import { TOKENS } from './overruled-values';
import type { Rendered } from './rendered-values';

/** Whether the chart takes another token before that of a Secret. */
const isTokenBefore = (values: Rendered, name: (typeof TOKENS)[number]): boolean =>
  TOKENS.slice(0, TOKENS.indexOf(name)).some((each) => values.is(`pachd.${each}`));

/** What becomes of a server that reads of Console's Secret what the chart does not write into it. */
const NO_CONSOLE_ID =
  "the enterprise server does not start: `couldn't find key OAUTH_CLIENT_ID in Secret …/pachyderm-console-secret`";

/** Whether the Secret is the chart's own: one of the user may have the key. */
const isServerWithConsole = (values: Rendered): boolean =>
  values.is('enterpriseServer.enabled') &&
  !values.hasPachd &&
  values.is('console.enabled') &&
  !values.is('console.config.oauthClientSecretSecretName');

/** What the chart renders of an enterprise server, or of a member of one, and what does not work then. */
export const ENTERPRISE_MISTAKES: readonly Mistake[] = [
  {
    at: 'pachd.enterpriseCallbackAddress',
    message:
      'The enterprise server takes no member without an address to call it back at, and pachd does not start: `no address provided for cluster`',
    hint: 'set `pachd.enterpriseCallbackAddress`, such as grpc://pachd.NAMESPACE:30650',
    isMissing: true,
    when: (values) => values.isMember && !values.is('pachd.enterpriseCallbackAddress'),
  },
  ...(['enterpriseSecret', 'enterpriseSecretSecretName'] as const).map((name): Mistake => ({
    at: `pachd.${name}`,
    lacks: 'pachd.enterpriseLicenseKey',
    message:
      'Unless other values have the license, pachd gets this secret without it, and does not start: `Either both or neither of LICENSE_KEY and ENTERPRISE_SECRET must be set.`',
    hint: 'name the Secret with the license in `pachd.enterpriseLicenseKeySecretName`, or remove the line',
    severity: 'warning',
    isMissing: true,
    ...outside(RELEASE_FLAGS.hasBootstrapJob),
    when: (values) =>
      (values.hasPachd || values.is('enterpriseServer.enabled')) &&
      values.is(`pachd.${name}`) &&
      !values.hasLicense,
  })),
  {
    at: 'pachd.enterpriseLicenseKey',
    message:
      'Unless other values have the license, this member gets no enterprise secret, and pachd does not become active: the token of the server is not enough',
    hint: 'name the Secret with the license in `pachd.enterpriseLicenseKeySecretName`',
    severity: 'warning',
    isMissing: true,
    ...outside(RELEASE_FLAGS.hasBootstrapJob),
    when: (values) =>
      values.isMember &&
      !values.hasLicense &&
      !values.is('pachd.enterpriseSecret') &&
      !values.is('pachd.enterpriseSecretSecretName'),
  },
  ...(['enterpriseServerTokenSecretName', 'enterpriseRootTokenSecretName'] as const).map((name): Mistake => {
    const token = `pachd.${name.replace('SecretName', '')}`;
    return {
      at: `pachd.${name}`,
      message: `The chart refers to this Secret without the key in it, and Kubernetes refuses the Deployment of pachd: \`valueFrom.secretKeyRef.key: Required value\``,
      hint: (values) =>
        values.is(token)
          ? `remove the line: \`${token}\` has the token`
          : 'give the token in `pachd.enterpriseServerToken`, from outside of the file: --set-string or --set-file; and remove the line',
      when: (values) =>
        values.isMember &&
        values.isUnusable(`pachd.${name}`) &&
        values.is(`pachd.${name}`) &&
        !isTokenBefore(values, name),
    };
  }),
  {
    at: 'console.enabled',
    message: `With Console ${NO_CONSOLE_ID}`,
    hint: 'write `enabled: false`: Console belongs to the members',
    ...RELEASE_FLAGS.chartServerReadsConsoleID,
    when: (values) => values.isSet('console.enabled') && isServerWithConsole(values),
  },
  {
    at: 'enterpriseServer.enabled',
    lacks: 'console.enabled',
    message: `Unless other values have \`console.enabled: false\`, Console is on, and with it ${NO_CONSOLE_ID}`,
    hint: 'set `console.enabled: false`: Console belongs to the members',
    severity: 'warning',
    ...RELEASE_FLAGS.chartServerReadsConsoleID,
    when: (values) => !values.isSet('console.enabled') && isServerWithConsole(values),
  },
];

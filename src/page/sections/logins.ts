import { code, html, list, table } from '../markup';
import type { Section } from './section';

const separated = (texts: readonly string[]): ReturnType<typeof html>[] =>
  texts.map((text, index) => html`${index === 0 ? '' : ', '}${code(text)}`);

/** Who can log in, and what pachd knows them by. */
export const whoSection: Section = {
  name: 'who',
  title: 'Who can log in, as whom',
  content: ({ name, who }) => {
    if (who === undefined || (who.ways.length === 0 && who.notes.length === 0)) return undefined;
    const notes = who.notes.length === 0 ? '' : list(who.notes);
    if (who.ways.length === 0) return html`${notes}`;
    return html`${table(
      `Who can log in to ${name}`,
      ['Connector', 'Who', 'User', 'Verified', 'Groups'],
      who.ways.map(({ id, type, admitted, user, groups }) => [
        `${id} (${type})`,
        admitted,
        [
          code(user.subject),
          `: ${user.from}`,
          user.keepsCapitals ? '; capitals as the provider has them' : '',
        ],
        user.verified,
        groups.subjects.length === 0
          ? `none: ${groups.from}`
          : [
              separated(groups.subjects),
              `: ${groups.from}`,
              groups.limit === undefined ? '' : `; ${groups.limit}`,
            ],
      ]),
    )}${notes}`;
  },
};

/** Roles of subjects, and who can be them. */
export const rolesSection: Section = {
  name: 'roles',
  title: 'Role bindings',
  content: ({ name, who }) =>
    who?.bindings === undefined || who.bindings.length === 0
      ? undefined
      : table(
          `Role bindings of ${name}`,
          ['Subject', 'Roles', 'Through'],
          who.bindings.map(({ subject, roles, through, note, matchesNoOne }) => [
            code(subject),
            roles.join(', ') || 'none',
            through.length > 0
              ? through.join(', ')
              : html`<span class="${matchesNoOne ? 'warning' : ''}">${note ?? ''}</span>`,
          ]),
        ),
};

/** What to register at each provider, and where. */
export const providersSection: Section = {
  name: 'providers',
  title: 'What to register at each provider',
  content: ({ name, setups, cluster }) => {
    const { clients = [] } = cluster?.identity ?? {};
    const isByTerraform = cluster?.auth0 !== undefined && cluster.auth0.application.provision !== 'none';
    if (setups.length === 0 && clients.length === 0 && !isByTerraform) return undefined;
    return html`${isByTerraform ? html`<p>Terraform sets up the application at Auth0.</p>` : ''}${setups.map(
      (setup) =>
        html`<h4>${setup.provider}, for the connector ${setup.connector}</h4>
          <p>${setup.application}${setup.groups === undefined ? '' : `; for groups ${setup.groups}`}</p>
          ${
            setup.entered.length === 0
              ? ''
              : table(
                  `What to enter at ${setup.provider} for ${setup.connector} of ${name}`,
                  ['There', 'Value'],
                  setup.entered.map(([label, value]) => [label, code(value)]),
                )
          }
          <ol>
            ${setup.steps.map((step) => html`<li>${step}</li>`)}
          </ol>
          ${
            setup.returned.length === 0
              ? ''
              : html`<p>What comes back goes into the document:</p>
                  ${list(setup.returned.map(({ label, field }) => [`${label}: `, code(field)]))}`
          }`,
    )}${
      clients.length === 0
        ? ''
        : html`<p>Programs that log people in through this Dex:</p>
            ${list(
              clients.map((client) => [
                `${client.name}, client `,
                code(client.id),
                ': ',
                separated(client.redirectURIs),
              ]),
            )}`
    }`;
  },
};

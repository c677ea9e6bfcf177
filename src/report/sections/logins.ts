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
          who.bindings.map(({ subject, roles, through, note }) => [
            code(subject),
            roles.join(', ') || 'none',
            through.length > 0
              ? through.join(', ')
              : html`<span class="${note?.startsWith('no one') === true ? 'warning' : ''}"
                  >${note ?? ''}</span
                >`,
          ]),
        ),
};

/** What to set up at each provider. */
export const registrationsSection: Section = {
  name: 'providers',
  title: 'What to register at each provider',
  content: ({ name, registrations, cluster }) =>
    registrations.length === 0
      ? undefined
      : html`${table(
          `Registrations of ${name}`,
          ['Connector', 'Redirect URI', 'As what', 'For groups'],
          registrations.map(({ connector, type, callback, application, groups, isByTerraform }) => [
            `${connector} (${type})`,
            code(callback),
            isByTerraform ? 'Terraform sets it up' : application,
            isByTerraform ? '' : (groups ?? ''),
          ]),
        )}${
          cluster?.identity.clients.length
            ? html`<p>Programs that log people in through this Dex:</p>
                ${list(
                  cluster.identity.clients.map((client) => [
                    `${client.name}, client `,
                    code(client.id),
                    ': ',
                    separated(client.redirectURIs),
                  ]),
                )}`
            : ''
        }`,
};

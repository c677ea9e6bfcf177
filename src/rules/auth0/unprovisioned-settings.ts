import type { PathStep } from '../../document/source-node';
import type { Rule } from '../rule';

/** What the connector is made of; everything else of the section is for Terraform. */
const OF_CONNECTOR = {
  auth0: ['domain', 'application', 'connector', 'groups'],
  application: ['provision', 'clientID', 'clientSecret', 'authenticationMethod'],
  groups: ['claim'],
} as const;

export const unprovisionedSettings: Rule = {
  code: 'TFM023',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Setting of an application that is managed elsewhere',
  reason:
    'With provision: none pachkit writes the connector and no Terraform. Anyone who manages the application decides about its callbacks, connections, Actions, roles and who may log in; what this document says about them reaches no one.',
  remedy:
    'Take the setting away and see to it where the application is managed, or use provision: import, with which Terraform takes the application over.',
  *check({ document, cluster }) {
    const { auth0 } = document;
    if (!auth0 || cluster.auth0?.application.provision !== 'none') return;
    const sections: readonly [path: PathStep[], value: object, read: readonly string[]][] = [
      [['auth0'], auth0, OF_CONNECTOR.auth0],
      [['auth0', 'application'], auth0.application ?? {}, OF_CONNECTOR.application],
      [['auth0', 'groups'], auth0.groups ?? {}, OF_CONNECTOR.groups],
    ];
    for (const [path, value, read] of sections)
      for (const key of Object.keys(value))
        if (!read.includes(key))
          yield {
            path: [...path, key],
            onKey: true,
            message: `With provision: none nothing brings ${key} to Auth0, so it has no effect`,
            hint: 'remove it, and set it where the application is managed',
          };
  },
};

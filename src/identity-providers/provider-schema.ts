import type { SchemaPart } from '../schema/schema-at';
import type { Provider } from './provider';

/** The schema of a connector that names this provider. References are to the schemas of the project. */
export function providerSchema({ name, title, description, fields, required }: Provider): SchemaPart {
  return {
    title,
    description,
    type: 'object',
    additionalProperties: false,
    required: ['provider', ...required],
    properties: {
      provider: { description: 'The provider that the connector is for.', const: name },
      ...fields,
      id: {
        description: `Id of the connector; see identity.connectors.id. Default: ${name}.`,
        $ref: 'cluster.schema.json#/$defs/connector/properties/id',
      },
      name: {
        description: `What the login page calls it. Default: ${title}.`,
        $ref: 'cluster.schema.json#/$defs/shownName',
      },
      version: {
        description: 'Version of the connector document; see identity.connectors.version.',
        type: 'integer',
        minimum: 0,
        default: 0,
      },
      config: {
        description:
          "Dex's own settings of the connector, laid over those that are derived: mappings merge, everything else is replaced, and null takes a setting away.",
        type: 'object',
      },
    },
  };
}

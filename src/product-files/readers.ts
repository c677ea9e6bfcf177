import { cannotUnmarshal } from '../forms/go-json';
import type { JsonKind } from '../forms/kinds';
import { flagsOfTarget } from '../releases/release-traits';
import { isPachyderm, type DexTarget, type PachydermTarget, type Target } from '../releases/target';
import type { EnvelopeKey, EnvelopeReader } from './envelope';

/** How Go names the kinds of values that its decoder of JSON wants. */
const GO_TYPES: Readonly<Record<EnvelopeKey, string>> = {
  id: 'string',
  name: 'string',
  type: 'string',
  version: 'int64',
  configVersion: 'int64',
  config: 'map[string]interface {}',
  jsonConfig: 'string',
};

/** The fields of the struct that pachctl decodes a connector file into. */
const PACHCTL_FIELDS: Readonly<Partial<Record<EnvelopeKey, string>>> = {
  id: 'ID',
  name: 'Name',
  type: 'Type',
  version: 'Version',
  config: 'Config',
};

/**
 * `pachctl idp create-connector` and `update-connector`, Pachyderm 2.2 to 2.12: YAML to JSON to a struct without tags, so
 * case makes no difference and unknown keys are dropped.
 */
export function pachctlReader(target: PachydermTarget): EnvelopeReader {
  return {
    target,
    keys: ['type', 'id', 'name', 'version', 'config'],
    ignoresCase: true,
    unknownKey: () => 'pachctl drops it silently',
    unknownKeyHints: {
      configVersion: 'it is called `version` in this file',
      jsonConfig: 'write the settings as a mapping under `config`',
      grantTypes: "remove it; Pachyderm's Dex knows no such key",
    },
    lostNesting: (_firstKey, hasConfig) =>
      `pachctl silently drops what is there, and pachd gets a connector without ${hasConfig ? 'it' : `settings${noSettings(target)}`}`,
    wrongKind: (key, found, written) => pachctlKindError(target, key, found, written),
    missing: (key) => `\`no ${key} specified\``,
  };
}

/** What pachd says to a connector without any setting. */
export function noSettings(target: PachydermTarget): string {
  return flagsOfTarget(target).hasBootstrapJob ? '' : ': `no configs are defined`';
}

function pachctlKindError(
  target: PachydermTarget,
  key: EnvelopeKey,
  found: JsonKind,
  written: string,
): string {
  const value = key === 'version' && found === 'number' ? `number ${written}` : found;
  if (key === 'config' && !flagsOfTarget(target).decodesWithProtojson)
    return `pachd refuses it: \`unable to deserialize JSON: ${cannotUnmarshal({ found: value })}\``;
  return `\`unable to parse config: could not parse intermediate JSON: ${cannotUnmarshal({ found: value, field: `connectorConfig.${PACHCTL_FIELDS[key]}`, type: GO_TYPES[key] })}\``;
}

/** pachd at startup, Pachyderm 2.3 to 2.12: protocol buffers' JSON, in which every unknown key is an error. */
function bootstrapReader(target: PachydermTarget): EnvelopeReader {
  const hasOwnTexts = flagsOfTarget(target).decodesWithProtojson;
  const unknown = (key: string): string =>
    `\`${hasOwnTexts ? `unmarshal IdentityConnectors: … unknown field "${key}"` : `unmarshal IdentityConnectors: … unknown field "${key}" in identity.IDPConnector`}\``;
  return {
    target,
    keys: ['id', 'name', 'type', 'config', 'jsonConfig', 'configVersion'],
    ignoresCase: false,
    unknownKey: (key) => `pachd refuses the whole list and restarts in a loop: ${unknown(key)}`,
    unknownKeyHints: {
      version: 'remove it: it is for files that pachctl reads; here pachd counts versions itself',
      grantTypes: "remove it; Pachyderm's Dex knows no such key",
    },
    readsQuotedNumbers: true,
    lostNesting: (firstKey) => `pachd refuses the whole list and restarts in a loop: ${unknown(firstKey)}`,
    wrongKind: (key, _found, written) => {
      const error =
        key === 'config'
          ? `unexpected token ${written}`
          : `invalid value for ${GO_TYPES[key]} type: ${written}`;
      return `pachd refuses the whole list and restarts in a loop${hasOwnTexts && written !== '' ? `: \`${error}\`` : ''}`;
    },
    missing: (key) => `pachd does not start: \`no ${key} specified\``,
  };
}

/** The config Job of Pachyderm 2.2: lenient, and silent about connectors that pachd refuses. */
const configJobReader: Omit<EnvelopeReader, 'target'> = {
  keys: ['id', 'name', 'type', 'jsonConfig', 'config', 'configVersion'],
  ignoresCase: true,
  unknownKey: () => 'the config Job ignores it silently',
  unknownKeyHints: { version: 'remove it: it is for files that pachctl reads' },
  lostNesting: () => 'the config Job silently ignores what is there',
  wrongKind: () => 'the config Job cannot read the list, and no identity provider is there',
  missing: (key) =>
    `pachd refuses the connector (\`no ${key} specified\`), the config Job says nothing, and the identity provider is not there`,
};

/** `connectors` of a Dex configuration, Dex 2.29 to 2.45: JSON into structs, unknown keys ignored. */
function dexReader(target: DexTarget): EnvelopeReader {
  return {
    target,
    keys: ['type', 'id', 'name', 'config'],
    ignoresCase: true,
    unknownKey: () => 'Dex ignores it silently',
    unknownKeyHints: {
      version: 'remove it: it is for files that pachctl reads',
      grantTypes: 'remove it: no released Dex reads it yet',
      jsonConfig: 'write the settings as a mapping under `config`',
    },
    unreleasedKeys: ['grantTypes'],
    lostNesting: (_firstKey, hasConfig) =>
      `Dex silently ignores what is there and opens a connector without ${hasConfig ? 'it' : 'settings'}`,
    wrongKind: (key, found) =>
      `\`error unmarshaling JSON: parse connector: ${cannotUnmarshal({ found, field: `.${key}`, type: GO_TYPES[key] })}\``,
    missing: (key) =>
      key === 'type'
        ? '`error unmarshaling JSON: unknown connector type ""`'
        : '`invalid config: ID, Type and Name fields are required for a connector`',
  };
}

/** Who reads a file with one connector. */
export function connectorFileReader(target: Target): EnvelopeReader {
  return isPachyderm(target) ? pachctlReader(target) : dexReader(target);
}

/** Who reads a list of connectors. */
export function connectorListReader(target: Target): EnvelopeReader {
  if (!isPachyderm(target)) return dexReader(target);
  return flagsOfTarget(target).hasBootstrapJob ? { ...configJobReader, target } : bootstrapReader(target);
}

import type { JsonValue } from '../../document/source-node';

/** An object of Envoy's configuration. */
export type JsonObject = { [key: string]: JsonValue };

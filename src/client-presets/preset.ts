import { withoutSlash } from '../forms/without-slash';

/** What a product is told about Dex. */
export interface PresetPlace {
  /** Id of the client: letters, digits, `.`, `_`, `~` and `-`. */
  readonly id: string;
  /** Where people open the product, without a slash at the end; empty for a program. */
  readonly url: string;
  /** Whether the client has no secret. */
  readonly isPublic: boolean;
  /** Dex's issuer: what tokens name, and where the product asks for them. */
  readonly issuer: string;
  /** Where it sends browsers to log in. */
  readonly authorizationURL: string;
  /** Where it asks Dex for tokens. */
  readonly tokenURL: string;
  /** Where it asks Dex who someone is. */
  readonly userInfoURL: string;
}

/** A piece of a product's own configuration. */
export interface PresetSettings {
  /** The file or object that it belongs in. */
  readonly file: string;
  readonly language: 'ini' | 'python' | 'sh' | 'toml' | 'yaml';
  readonly lines: readonly string[];
}

/** A product that logs people in through Dex: what Dex has to know of it, and what it has to know of Dex. */
export interface ClientPreset {
  /** Name in the document, and the default of the client's id. */
  readonly name: string;
  /** What the product calls itself. */
  readonly title: string;
  /** Paths below the product's URL that Dex sends browsers back to; whole URIs for a program. */
  readonly callbacks: readonly string[];
  /** Whether it runs on the machines of people: it has no URL, and without a secret it is a public client. @default false */
  readonly isProgram?: true;
  /** Whether it finds Dex's pages through the issuer alone, so that browsers have to reach it. @default false */
  readonly needsOneIssuer?: true;
  /** Scopes that it asks Dex for. */
  readonly scopes: readonly string[];
  settings(place: PresetPlace): PresetSettings;
  /** What the settings leave to the people who run the product: who may log in there, and as what. */
  readonly notes: readonly string[];
  /** The namespace that it is usually in. */
  readonly namespace?: string;
  /** Whether the Secret that it reads has the id of the client too, under `client-id`. @default false */
  readonly readsID?: true;
  /** The variable of a shell that its settings take the client secret from, in the place of a Secret. @default none */
  readonly secretVariable?: string;
  /** Labels that the Secret needs before it is read. @default none */
  readonly secretLabel?: string;
}

/** Scopes that bring name, address and groups. */
export const SCOPES = ['openid', 'profile', 'email', 'groups'] as const;

/** Key of the client secret in the Secret that pages make for a product. */
export const SECRET_KEY = 'client-secret';

/** The Secret that pages make for a product, in the product's namespace. */
export function secretNameOf({ name }: Pick<ClientPreset, 'name'>): string {
  return `${name}-oidc`;
}

/** Where the device flow ends. */
const DEVICE_CALLBACK = '/device/callback';

/** Where Dex sends browsers back to. The device flow is for public clients: it ends outside of Dex for others. */
export function redirectURIs(
  { callbacks, isProgram }: Pick<ClientPreset, 'callbacks' | 'isProgram'>,
  url: string,
  isPublic = false,
): readonly string[] {
  if (isProgram) return [...callbacks, ...(isPublic ? [DEVICE_CALLBACK] : [])];
  return callbacks.map((path) => `${withoutSlash(url)}${path}`);
}

/** A string as Python, YAML and TOML read it. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

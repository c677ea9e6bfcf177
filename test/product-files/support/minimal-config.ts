export const MINIMAL: Readonly<Record<string, string>> = {
  issuer: 'https://dex.example.com/dex',
  storage: '{ type: memory }',
  web: '{ http: 0.0.0.0:5556 }',
  enablePasswordDB: 'true',
};
/** A smallest configuration with other sections; undefined takes one away. */
export const config = (more: Record<string, string | undefined> = {}): string =>
  Object.entries({ ...MINIMAL, ...more })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');

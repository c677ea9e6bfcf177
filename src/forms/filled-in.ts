/** How a program is recognized that puts values into files before Helm, or another reader, is given them. */
export interface Filler {
  /** What it does, after "what": `sops decrypts`. */
  readonly does: string;
  /** The command that prints a file with the values in it. */
  readonly command: (file: string) => string;
  readonly pattern: RegExp;
  /** Whether people use it for their secrets, and it runs with every helm upgrade. */
  readonly isForSecrets?: true;
}

/** Repetitions have an end, so that the time for a string does not grow with its square. */
const FILLERS: readonly Filler[] = [
  {
    does: 'sops decrypts',
    isForSecrets: true,
    command: (file) => `sops decrypt ${file}`,
    pattern: /^ENC\[AES256_GCM,/,
  },
  {
    does: 'vals, helm-secrets or Helmfile look up',
    isForSecrets: true,
    command: (file) => `vals eval -f ${file}`,
    pattern: /(?<!\w)(?:secret)?ref\+[a-z0-9]{1,40}:\/\//,
  },
  {
    does: 'spruce, BOSH or Concourse fill in',
    command: (file) => `spruce merge ${file}`,
    pattern: /^\(\(\s{0,9}[!\w"'./-][^\n]{0,500}\)\)$/,
  },
  {
    does: 'the Vault plugin of Argo CD fills in',
    isForSecrets: true,
    command: (file) => `argocd-vault-plugin generate ${file}`,
    pattern: /<path:[^<>\n]{1,300}>/,
  },
  {
    does: 'envsubst, Flux or Terraform fill in',
    command: (file) => `envsubst < ${file}`,
    pattern: /(?<!\$)\$\{[A-Za-z_][\w.[\]]{0,100}(?:\}|:?[-=?+]|\()/,
  },
];

/** One of these is in every string that a program fills in, and in few others. */
const MARKS = /ENC\[|ref\+|\(\(|<path:|\$\{/;

/** The program that puts a value in the place of a string, or into it; undefined for a string that is the value. */
export function fillerOf(text: string): Filler | undefined {
  return !MARKS.test(text) || text.includes('\n')
    ? undefined
    : FILLERS.find(({ pattern }) => pattern.test(text));
}

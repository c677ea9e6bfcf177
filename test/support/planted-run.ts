import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Chance } from './chance';
import { readFolder } from './golden-folder';
import { pachkit, temporaryFolder } from './pachkit';
import { plantedDocument, shownIn, stringsIn, type SecretFormName } from './planted-secrets';

/** What a run came to. */
export interface PlantedRun {
  /** How many secrets were in the document, and how many pachkit generated. */
  readonly planted: number;
  readonly generated: number;
  /** How many of both are in files for secrets. */
  readonly written: number;
  /** Where a secret is that has no place there. */
  readonly faults: readonly string[];
}

export interface PlantedRunOptions {
  readonly form: SecretFormName;
  readonly size: number;
  /** Whether pictures and the page about the cluster are made too. */
  readonly hasPictures: boolean;
  /** The number of the first secret. */
  readonly first: number;
  /** PEM of the certificate that secrets are sealed with. */
  readonly certificate: string;
  /** Recipient of age. */
  readonly recipient: string;
}

const OUTPUTS =
  'manifests,kustomize,helm,argocd,flux,identity,connectors,setup,keycloak,terraform,keycloak-terraform,sbom';

/** The files that secrets are for, by the form of Secrets. */
const MEANT: Readonly<Record<SecretFormName, RegExp>> = {
  manifests: /^planted\/(connectors|manifests|kustomize|helm|(argocd|flux)\/secrets)\//,
  sops: /^planted\/connectors\//,
  sealedSecret: /^planted\/connectors\//,
  externalSecret: /^$/,
  none: /^$/,
};

/** Commands that show a document, or what follows from it, and no secret of it. */
const COMMANDS: readonly (readonly string[])[] = [
  ['secret', 'list', 'pachyderm.json'],
  ['who', 'pachyderm.json'],
  ['who', 'pachyderm.json', '--format', 'json'],
  ['setup', 'pachyderm.json'],
  ['setup', 'pachyderm.json', '--format', 'markdown'],
  ...['mermaid', 'dot', 'json'].map((format) => ['graph', 'pachyderm.json', '--format', format]),
  ['validate', 'pachyderm.json', '--expand'],
];

/** Those that lay out a picture or make the cluster anew for every field, which takes its time where there are many. */
const SLOW_COMMANDS: readonly (readonly string[])[] = [
  ...['svg', 'html'].map((format) => ['graph', 'pachyderm.json', '--format', format]),
  ['report', 'pachyderm.json'],
  ['report', 'pachyderm.json', '--format', 'json'],
  ['why', 'pachyderm.json', 'Deployment/pachd', '--format', 'json'],
];

const FORMATS = ['json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'];

/** Has the built program do everything with a document full of secrets that shows something of it or writes it. */
export function plantedRun(chance: Chance, options: PlantedRunOptions): PlantedRun {
  const document = plantedDocument(chance, options);
  const folder = temporaryFolder({
    ...document.files,
    'tls.crt': options.certificate,
    'pachyderm.json': document.text.replace('RECIPIENT', options.recipient).replace('CERTIFICATE', 'tls.crt'),
    // With findings of all kinds beside the secrets.
    'broken.json': document.text.replace('"release"', '"realese"').replaceAll('"clientID"', '"clientId"'),
  });
  const faults: string[] = [];
  try {
    const run = { folder, environment: { ...document.environment, SEALING_KEY: 'k'.repeat(32) } };
    const printed = new Map<string, string>();
    const say = (args: readonly string[], exitCode: number): void => {
      const said = pachkit(args, run);
      printed.set(args.join(' '), `${said.stdout}\n${said.stderr}`);
      if (said.exitCode !== exitCode)
        faults.push(`${args.join(' ')} ends with ${said.exitCode}: ${said.stderr.slice(0, 300)}`);
    };
    say(['synth', 'pachyderm.json', '--out', 'out', '--only', OUTPUTS], 0);
    if (faults.length > 0) return { planted: document.planted.length, generated: 0, written: 0, faults };
    for (const args of options.hasPictures ? [...COMMANDS, ...SLOW_COMMANDS] : COMMANDS) say(args, 0);
    for (const file of ['pachyderm.json', 'broken.json']) {
      const reports = FORMATS.flatMap((format) => ['--format', format, '--output', `${file}.${format}`]);
      say(['validate', file, ...reports, '--format', 'pretty'], file === 'broken.json' ? 1 : 0);
      for (const format of FORMATS)
        printed.set(`${file} ${format}`, fs.readFileSync(path.join(folder, `${file}.${format}`), 'utf8'));
    }
    const generated = generatedIn(folder);
    spawnSync('git', ['init', '--quiet'], { cwd: folder });
    const ignored = ignoredIn(path.join(folder, 'out'));
    const found = new Set<string>();
    for (const [place, text] of [...printed, ...Object.entries(readFolder(path.join(folder, 'out')))]) {
      const shown = [...shownIn(text), ...stringsIn(text, generated)];
      const isMeant =
        !printed.has(place) &&
        (fs.statSync(path.join(folder, 'out', place)).mode & 0o077) === 0 &&
        ignored.has(place) &&
        MEANT[options.form].test(place);
      if (isMeant) for (const each of shown) found.add(each);
      else if (shown.length > 0) faults.push(`${place} has ${shown.length} secrets, such as ${shown[0]}`);
    }
    return { planted: document.planted.length, generated: generated.length, written: found.size, faults };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The secrets that pachkit generated for the document. */
function generatedIn(folder: string): readonly string[] {
  const store = path.join(folder, '.pachkit/planted.secrets.json');
  if (!fs.existsSync(store)) return [];
  const { secrets } = JSON.parse(fs.readFileSync(store, 'utf8')) as { secrets: Record<string, string> };
  return Object.values(secrets);
}

/** The files of the cluster that Git leaves out. */
function ignoredIn(out: string): ReadonlySet<string> {
  const listed = spawnSync('git', ['ls-files', '--others', '--ignored', '--exclude-standard'], {
    cwd: out,
    encoding: 'utf8',
  });
  return new Set(listed.stdout.split('\n'));
}

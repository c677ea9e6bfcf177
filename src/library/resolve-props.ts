import type { Code } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { formatPath, nodeAt, toPointer, writtenPath, type PathStep } from '../document/source-node';
import type { PachydermClusterProps } from '../generated/cluster-props';
import type { ClusterDocument } from '../generated/cluster-document';
import type { Cluster } from '../model/cluster';
import { resolveCluster } from '../model/resolve';
import { literalSecret, type LiteralSecret } from '../model/secret';
import { isGenerated, withoutSecrets, type SecretReader, type SecretRequest } from '../model/secret-reader';
import { checkObjects } from '../outputs/check-objects';
import { checkDocument } from '../pipeline/check-document';
import { present } from '../pipeline/present';
import { LOCK_FIELD } from '../plan/lock-place';
import { checkSecretValues } from '../secrets/check-secret-values';
import { seededText } from '../secrets/generate-text';
import { isBlank, keyOf } from '../secrets/secret-session';
import { propsDocument } from './props-document';

/** How props are resolved. */
export interface ResolvePropsOptions {
  /** What the cluster is called unless its props say so. */
  readonly defaultName: string;
  /** Stands for a file in diagnostics: the path of the construct. */
  readonly constructPath: string;
  /** Whether findings, and secrets, of this section are looked at. Missing for all sections. */
  readonly concerns?: (section: string) => boolean;
}

/** A cluster, unless an error stops it, and everything that was found. */
export interface ResolvedProps {
  readonly cluster?: Cluster;
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks and resolves props as a document is, with its secrets given or derived from `secrets.seed`: none is generated. */
export function resolveProps(
  props: Partial<PachydermClusterProps>,
  { defaultName, constructPath, concerns = () => true }: ResolvePropsOptions,
): ResolvedProps {
  const { document, secrets, diagnostics } = propsDocument(props, constructPath, defaultName);
  const hand = (found: readonly Diagnostic[]): Diagnostic[] =>
    present(found)
      .filter(({ path }) => path === '' || concerns(path.split('/')[1] ?? ''))
      .map((diagnostic) => withoutPlace(diagnostic, constructPath));
  if (!document) return { diagnostics: hand(diagnostics) };
  const checked = checkDocument(document);
  if (!checked.cluster) return { diagnostics: hand(checked.diagnostics) };

  const reader = new PropsSecrets(document, secrets, concerns);
  const { value: cluster } = resolveCluster(document, reader.read);
  const values = cluster ? [...checkSecretValues(document, cluster), ...checkObjects(document, cluster)] : [];
  const found = hand([...checked.diagnostics, ...reader.diagnostics, ...values, ...unreadLock(document)]);
  return cluster && !found.some(({ severity }) => severity === 'error')
    ? { cluster, diagnostics: found }
    : { diagnostics: found };
}

/** A lock file that is named says that nothing runs unlocked, and a construct reads no files. */
function unreadLock({ file, root }: Document): Diagnostic[] {
  if (nodeAt(root, LOCK_FIELD) === undefined) return [];
  return [
    {
      code: 'LCK007',
      severity: 'error',
      message: 'images.lock names a lock file, and a construct with props reads no files',
      location: { file },
      path: toPointer(LOCK_FIELD),
      hint: 'give the construct a cluster of loadClusters(), which reads a document with its lock file',
    },
  ];
}

class PropsSecrets {
  readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly document: Document,
    private readonly secrets: ReadonlyMap<string, LiteralSecret>,
    private readonly concerns: (section: string) => boolean,
  ) {}

  readonly read: SecretReader = (request) => {
    const { path, value } = request;
    if (!this.concerns(String(path[0]))) return withoutSecrets(request);
    if (typeof value === 'object' && 'env' in value) return this.#given(request, value.env);
    if (!isGenerated(value)) return withoutSecrets(request);
    const seed = (this.document.value as unknown as ClusterDocument).secrets?.seed;
    if (seed !== undefined)
      return literalSecret(seededText(seed, keyOf(this.document, path), value.generate.length ?? 32));
    return this.#problem(
      'SEC004',
      request,
      `${this.#field(path)} is missing: a construct generates no secrets, because every synthesis would make others`,
      'give it as existingSecret(NAME, KEY) or literalSecret(STRING); in profile dev, secrets.seed derives all of them',
    );
  };

  #given(request: SecretRequest, name: string): LiteralSecret | undefined {
    const secret = this.secrets.get(name) ?? literalSecret('');
    if (!isBlank(secret.value.reveal())) return secret;
    return this.#problem(
      'SEC001',
      request,
      `${this.#field(request.path)} is a secret without visible characters`,
      'set the environment variable that it is read from, or whatever else it comes from',
    );
  }

  #field(path: readonly PathStep[]): string {
    return formatPath(writtenPath(this.document.root, path));
  }

  #problem(code: Code, request: SecretRequest, message: string, hint: string): undefined {
    const location = { file: this.document.file };
    const path = toPointer(writtenPath(this.document.root, request.path));
    this.diagnostics.push({ code, severity: 'error', message, hint, location, path });
    return undefined;
  }
}

/** A finding about props: where it is says its path, and lines of the JSON between say nothing. */
function withoutPlace(diagnostic: Diagnostic, file: string): Diagnostic {
  const { code, severity, message, path, hint } = diagnostic;
  return { code, severity, message, location: { file }, path, ...(hint === undefined ? {} : { hint }) };
}

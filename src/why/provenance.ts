import type { Document } from '../document/document';
import { formatPath, locate, type JsonValue, type PathStep, valueNode } from '../document/source-node';
import { attempt } from '../files/attempt';
import { hideIn } from '../document/mask-text';
import { isSecretName } from '../document/secret-names';
import type { Cluster } from '../model/cluster';
import { resolveCluster } from '../model/resolve';
import { literalSecret } from '../model/secret';
import { withoutLineEnd, type SecretReader } from '../model/secret-reader';
import { EXAMPLE_RELEASES } from '../releases/pachyderm';
import { placeAt } from '../schema/schema-at';
import { expandDocument } from '../pipeline/expand-document';
import { derivationsOf } from './derivations';
import {
  makersOf,
  writtenBy,
  type FileOutput,
  type Leaf,
  type Leaves,
  type Maker,
  type Written,
} from './leaves';
import { addedVariants, changedVariants, valueAt, type Variant } from './variants';

/** Something that a field is what it is because of. */
export type Cause =
  /** A line of the document: another value there, or none, is another value here. */
  | ({ readonly kind: 'line' } & Line)
  /** The field is there at all because the document says this. */
  | ({ readonly kind: 'existence' } & Line)
  /** A field that the document leaves out; what it means then. */
  | { readonly kind: 'default'; readonly field: string; readonly text: string }
  /** It is another value in other releases. */
  | ({ readonly kind: 'release'; readonly release: string; readonly others: readonly ReleaseValue[] } & Line)
  /** How values that it has were derived. */
  | { readonly kind: 'derivation'; readonly name: string; readonly text: string }
  /** No document and no release has it otherwise. */
  | { readonly kind: 'fixed'; readonly text: string };

/** A field where it is written. */
export interface Line {
  readonly field: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** The line, without secrets. */
  readonly text: string;
}

/** What a field is in another release. */
export interface ReleaseValue {
  readonly release: string;
  /** Missing where it has no such field, and where it is a secret. */
  readonly value?: Leaf;
}

/** Where a field of what is written comes from. */
export interface Origin {
  readonly object: string;
  readonly field: string;
  /** Missing in a Secret. */
  readonly value?: Leaf;
  readonly causes: readonly Cause[];
}

/**
 * Says where the fields of a cluster's outputs come from, by trying: the cluster is made again with one thing of the document
 * changed, left out or added, and what differs then comes from there. No secret is read; a name stands for each.
 */
export class Provenance {
  /** Everything that is written, by name. */
  readonly written: Written;
  readonly #cluster: Cluster;
  /** Whether the document names providers, presets or people that something follows from. */
  readonly #isExpanded: boolean;
  /** Everything that is not to be shown. */
  readonly #secrets = new Set<string>();
  readonly #readSecret: SecretReader = namedSecrets(this.#secrets);
  readonly #makers: ReadonlyMap<Maker, Written>;
  readonly #answers = new Map<Maker, Tries>();
  #variants: readonly ResolvedVariant[] | undefined;

  /**
   * @param document one that was checked and has no errors, as it is written
   * @param describe what a field of the document means where it is left out
   * @param expand puts what follows from names of providers and the like into a document
   */
  constructor(
    private readonly document: Document,
    outputs: readonly FileOutput[],
    private readonly describe: (field: string) => string,
    private readonly expand = (written: Document): Document => expandDocument(written).document,
  ) {
    const expanded = expand(document);
    this.#isExpanded = expanded.root !== document.root;
    const cluster = resolveCluster(expanded, this.#readSecret).value;
    if (!cluster) throw new Error('only a document without errors can be asked');
    this.#cluster = cluster;
    this.#makers = makersOf(cluster, outputs);
    this.written = new Map([...this.#makers.values()].flatMap((written) => [...written]));
  }

  /** Where a field comes from. Variants are made once for all fields of what is made together. */
  answer(object: string, field: string): Origin {
    const [maker] = [...this.#makers].find(([, written]) => written.has(object)) ?? [];
    const value = this.written.get(object)?.get(field) ?? null;
    const { changed, added, releases } = maker ? this.#triesOf(maker) : NO_TRIES;
    const differs = (tried: Tried): boolean => tried.differing.get(object)?.has(field) === true;
    const vanishes = (tried: Tried): boolean => tried.vanishing.get(object)?.has(field) === true;
    const lines = this.#lines(changed.filter(differs), 'line');
    const causes: Cause[] = [
      ...lines,
      ...derivationsOf(this.#cluster, value).map((each) => ({ kind: 'derivation' as const, ...each })),
      ...this.#release(
        object,
        field,
        releases.filter((tried) => differs(tried) || vanishes(tried)),
      ),
      ...this.#defaults(added.filter(differs), (tried) => tried.differing.get(object)?.get(field) ?? null),
      ...(lines.length > 0 ? [] : this.#lines(changed.filter(vanishes), 'existence')),
    ];
    return {
      object,
      field,
      ...(this.#isShown(object, field, value) ? { value } : {}),
      causes: causes.length > 0 ? causes : [{ kind: 'fixed', text: fixedReason(object) }],
    };
  }

  #triesOf(maker: Maker): Tries {
    const known = this.#answers.get(maker);
    if (known) return known;
    this.#variants ??= [...changedVariants(this.document), ...addedVariants(this.document)].flatMap(
      (variant) => this.#resolved(variant) ?? [],
    );
    const tried = this.#variants.flatMap((variant) => this.#try(maker, variant) ?? []);
    const isRelease = ({ path }: Tried): boolean => path.length === 1 && path[0] === 'release';
    const tries = {
      changed: tried.filter((each) => each.way !== 'added' && !isRelease(each)),
      releases: tried.filter(isRelease),
      added: tried.filter(({ way }) => way === 'added'),
    };
    this.#answers.set(maker, tries);
    return tries;
  }

  #resolved({ path, way, document }: Variant): ResolvedVariant | undefined {
    const cluster = attempt(() => resolveCluster(this.#expanded(document), this.#readSecret).value);
    return cluster && { path, way, cluster };
  }

  /** A variant is another value; what follows from it is made of nodes. */
  #expanded(variant: Document): Document {
    if (!this.#isExpanded) return variant;
    const { source, start, end } = variant.root;
    return this.expand({ ...variant, root: valueNode(variant.value, { source, start, end }) });
  }

  /** What differs in a variant; nothing where it is not a cluster. */
  #try(maker: Maker, { path, way, cluster }: ResolvedVariant): Tried | undefined {
    const written = attempt(() => writtenBy(maker, cluster));
    if (!written) return undefined;
    const differing = new Map<string, ReadonlyMap<string, Leaf>>();
    const vanishing = new Map<string, ReadonlySet<string>>();
    for (const [object, leaves] of this.#makers.get(maker) ?? []) {
      const others: Leaves = written.get(object) ?? new Map<string, Leaf>();
      if (others === leaves) continue;
      const fields = [...leaves]
        .filter(([field, value]) => others.get(field) !== value)
        .map(([field]) => field);
      const [there, gone] = [true, false].map((has) => fields.filter((field) => others.has(field) === has));
      differing.set(object, new Map(there?.map((field) => [field, others.get(field) ?? null])));
      vanishing.set(object, new Set(gone));
    }
    return { path, way, release: cluster.release.version.text, differing, vanishing };
  }

  #lines(tried: readonly Tried[], kind: 'line' | 'existence'): Cause[] {
    const causes = new Map<string, Cause>();
    for (const path of nearest(tried)) causes.set(formatPath(path), { kind, ...this.#line(path) });
    return [...causes.values()];
  }

  #isShown(object: string, field: string, value: Leaf): boolean {
    return (
      !mayHoldSecrets(object, field) &&
      ![...this.#secrets].some((secret) => secret !== '' && String(value).includes(secret))
    );
  }

  #line(path: readonly PathStep[]): Line {
    const { file, range, source } = locate(this.document.root, path, true);
    const line = range?.line ?? 1;
    const shown = source?.shownLine(line)?.trim() ?? '';
    const text = hideIn(
      shown,
      [...this.#secrets].filter((secret) => secret !== ''),
    );
    return { field: formatPath(path), file, line, text };
  }

  /** Fields that are left out; in their place a section that cannot be without them, where the same comes of each. */
  #defaults(tried: readonly Tried[], valueIn: (tried: Tried) => Leaf): Cause[] {
    const near = nearest(tried);
    const bySection = new Map<string, Tried[]>();
    for (const each of tried.filter(({ path }) => near.includes(path))) {
      const section = formatPath(sectionWithRequired(this.document.value, each.path));
      bySection.set(section, [...(bySection.get(section) ?? []), each]);
    }
    const fields = new Set(
      [...bySection].flatMap(([section, inside]) => {
        const names = [...new Set(inside.map(({ path }) => formatPath(path)))];
        return names.length > 1 && new Set(inside.map(valueIn)).size === 1 ? [section] : names;
      }),
    );
    return [...fields].map((field) => ({ kind: 'default', field, text: this.describe(field) }));
  }

  #release(object: string, field: string, tried: readonly Tried[]): Cause[] {
    if (tried.length === 0) return [];
    const others = tried.map(({ release, differing }) => {
      const value = differing.get(object)?.get(field);
      return { release, ...(value !== undefined && this.#isShown(object, field, value) ? { value } : {}) };
    });
    others.sort((a, b) => EXAMPLE_RELEASES.indexOf(b.release) - EXAMPLE_RELEASES.indexOf(a.release));
    const release = this.#cluster.release.version.text;
    return [{ kind: 'release', release, others, ...this.#line(['release']) }];
  }
}

/** A variant that is a cluster. */
interface ResolvedVariant extends Pick<Variant, 'path' | 'way'> {
  readonly cluster: Cluster;
}

/** What differs in a variant, by object and field. */
interface Tried extends Pick<Variant, 'path' | 'way'> {
  readonly release: string;
  readonly differing: ReadonlyMap<string, ReadonlyMap<string, Leaf>>;
  readonly vanishing: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Tries {
  readonly changed: readonly Tried[];
  readonly added: readonly Tried[];
  readonly releases: readonly Tried[];
}

const NO_TRIES: Tries = { changed: [], added: [], releases: [] };

/** Whether a field may be a secret, or have one in it, and is not shown. */
function mayHoldSecrets(object: string, field: string): boolean {
  return /^(Secret|connectors)\//.test(object) || field.split(/[.[\]]+/).some(isSecretName);
}

/** Why something is the same everywhere. */
function fixedReason(object: string): string {
  if (object.includes('/') && !object.startsWith('connectors/'))
    return 'pachkit writes it so for every cluster and every release it knows, as the official chart does; an item of overrides changes it';
  return object.startsWith('connectors/')
    ? 'pachkit writes it so for every connector: it is the form that pachctl idp create-connector reads'
    : 'pachkit writes it so for every application: logins need it, or the Auth0 provider does';
}

/** Strings that stand in the document are themselves; a name stands for every other secret, and none is read. */
function namedSecrets(texts: Set<string>): SecretReader {
  const names = new Map<string, string>();
  return ({ path, value }) => {
    if (typeof value === 'object' && 'existing' in value) return { kind: 'existing', ...value.existing };
    if (typeof value === 'string') {
      const text = withoutLineEnd(value);
      texts.add(text);
      return literalSecret(text);
    }
    const key = 'generate' in value ? `generated ${formatPath(path)}` : JSON.stringify(value);
    const name = names.get(key) ?? `secret-number-${String(names.size + 1).padStart(20, '0')}`;
    names.set(key, name);
    texts.add(name);
    return literalSecret(name);
  };
}

/** The outermost section around a field that the document does not have, where it needs fields; else the field itself. */
function sectionWithRequired(value: JsonValue, path: readonly PathStep[]): readonly PathStep[] {
  const length = path.findIndex((_, index) => valueAt(value, path.slice(0, index + 1)) === undefined);
  const section = path.slice(0, length + 1);
  return length < 0 || placeAt(section.map(String)).part['required'] === undefined ? path : section;
}

/** The nearest places: a section is not named beside what is in it. */
function nearest(tried: readonly Tried[]): (readonly PathStep[])[] {
  const paths = tried.map(({ path }) => path);
  return paths.filter((path) => !paths.some((other) => isInside(other, path)));
}

/** Whether a path is that of something inside another. */
function isInside(inner: readonly PathStep[], outer: readonly PathStep[]): boolean {
  return inner.length > outer.length && outer.every((step, index) => step === inner[index]);
}

import type { Diagnostic, Severity } from '../diagnostics/diagnostic';
import { jsonMapping } from '../document/json-mapping';
import { isSecretName } from '../document/secret-names';
import { formatPath, toPointer, type PathStep, type SourceNode } from '../document/source-node';
import { fillerOf, type Filler } from '../forms/filled-in';
import { chartFact } from '../helm-values/facts';
import { readEmbedded } from './embedded-text';

/** A value that another program puts in the place of what is written. */
interface FilledIn {
  readonly path: readonly PathStep[];
  readonly node: SourceNode;
  readonly by: Filler;
  /** Of a secret nothing is to be known anyway. */
  readonly isSecret: boolean;
}

/** Half of what pachd logs in to its storage with, which documents read like the other half. */
const STORAGE_ID = /^pachd\.storage\.\w+\.id$/;

/** Values of the chart that another program puts in. Keys that only other charts read are left out. */
function filledIn(root: SourceNode): FilledIn[] {
  // Nearly no value is: which keys lead to one is asked afterwards.
  return scalarsFilledIn(root).flatMap(({ path, node, by }) => {
    const reading = keysTo(path);
    return reading.isRead ? [{ path, node, by, isSecret: reading.isSecret }] : [];
  });
}

function scalarsFilledIn(
  node: SourceNode,
  path: readonly PathStep[] = [],
  found: Omit<FilledIn, 'isSecret'>[] = [],
): Omit<FilledIn, 'isSecret'>[] {
  node.items?.forEach((value, index) => scalarsFilledIn(value, [...path, index], found));
  node.entries?.forEach((value, key) => scalarsFilledIn(value, [...path, key], found));
  if (typeof node.scalar !== 'string') return found;
  const settings = path.at(-1) === 'jsonConfig' ? settingsIn(node, node.scalar) : undefined;
  if (settings?.entries) return scalarsFilledIn(settings, path, found);
  const by = fillerOf(node.scalar);
  if (by) found.push({ path, node, by });
  return found;
}

/** The settings of a connector in a string; undefined where it is not one in JSON, or is yet to become one. */
function settingsIn(node: SourceNode, text: string): SourceNode | undefined {
  return jsonMapping(text) && readEmbedded(node, text).roots[0];
}

/** Whether the chart reads what is at a path, and whether as a secret. */
function keysTo(path: readonly PathStep[]): { readonly isRead: boolean; readonly isSecret: boolean } {
  let isSecret = false;
  for (const [depth, key] of path.entries()) {
    if (typeof key === 'number') continue;
    const at = path.slice(0, depth + 1).join('.');
    const fact = chartFact(at);
    if (fact?.open === true || (!fact && depth === 0)) return { isRead: false, isSecret };
    // A string that is to become JSON holds the secrets of a connector among its other settings.
    isSecret ||=
      fact?.secret === true || STORAGE_ID.test(at) || isSecretName(key) || path.at(-1) === 'jsonConfig';
  }
  return { isRead: true, isSecret };
}

/** Whose secrets a file has references to, for the words that say what was not checked. */
export function secretsFilledIn(root: SourceNode): string[] {
  const by = filledIn(root).flatMap((each) => (each.isSecret ? [each.by.does] : []));
  return [...new Set(by)].map((does) => `secrets that ${does}`);
}

/** What values are read for, and what is to be done with them once they are there. */
interface Reading {
  readonly severity: Severity;
  /** Whether a secret that a program has not put in is said. */
  readonly isForgotten: (by: Filler) => boolean;
  readonly then: string;
  readonly hint: (command: string) => string;
}

const READINGS: Readonly<Record<'check' | 'import', Reading>> = {
  check: {
    severity: 'warning',
    isForgotten: ({ isForSecrets }) => isForSecrets !== true,
    then: 'Helm takes it literally, and what comes out is not checked',
    hint: (command) => `check what comes out too: ${command} | pachkit validate - --as helm-values`,
  },
  import: {
    severity: 'error',
    // A document refers to secrets in its own way.
    isForgotten: () => false,
    then: 'the document would have it literally',
    hint: (command) => `import what comes out: ${command} | pachkit import helm-values -`,
  },
};

/** That values are not there yet: what stands in their place says nothing about them. */
export function valuesToFillIn(
  root: SourceNode,
  reading: 'check' | 'import',
): {
  readonly diagnostics: Diagnostic[];
  /** Where they are, as pointers. */
  readonly places: ReadonlySet<string>;
} {
  const { severity, then, hint, isForgotten } = READINGS[reading];
  const everywhere = filledIn(root);
  const places = new Set(everywhere.map(({ path }) => toPointer(path)));
  const all = everywhere.filter((each) => !each.isSecret || isForgotten(each.by));
  const [first] = all;
  if (!first) return { diagnostics: [], places };
  const { path, node, by } = first;
  const many =
    all.length > 1
      ? ` and ${all.length - 1} more ${all.length > 2 ? 'values' : 'value'} still hold`
      : ' still holds';
  return {
    places,
    diagnostics: [
      {
        code: 'FIL027',
        severity,
        message: `\`${formatPath(path)}\`${many} what ${by.does}: ${then}`,
        location: node.source.locate(node.start, node.end),
        path: toPointer(path),
        hint: hint(by.command('FILE')),
      },
    ],
  };
}

import fs from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../src/cluster/api/objects';
import { compareObjects } from '../../src/cluster/compare/plan-changes';
import { pathText } from '../../src/cluster/compare/fields';
import { checkDocument } from '../../src/pipeline/check-document';
import { adviceFor, type UpgradeAdvice } from '../../src/upgrade/advice';
import { importOf } from '../support/import-values';
import { documentOf } from '../support/input-of';

/**
 * What the official chart renders for the same values in two releases, beside what `upgrade` says changes: every difference of
 * the renderings is named. Without the renderings there is nothing to compare with.
 */
const CASES = path.resolve(__dirname, '..', '..', '..', 'shared', 'oracle', 'cases');

const PAIRS = [
  ['2.2.8', '2.11.6'],
  ['2.11.6', '2.12.0-rc.3'],
] as const;

const cases = !fs.existsSync(CASES)
  ? []
  : PAIRS.flatMap(([from, to]) =>
      fs
        .readdirSync(path.join(CASES, from))
        .filter((name) => fs.existsSync(path.join(CASES, to, name)))
        .map((name) => [from, to, name] as const),
    );

/** What Helm writes into every object, and the Pod that `helm test` starts. */
const OF_HELM =
  /^Pod\/pachyderm-test-connection |\.(labels|annotations)(\[|\.|$)|matchLabels|helm\.sh|selector/;

/** Names that follow from the content or from the clock. */
const nameOf = (object: string): string => object.replace(/(pachyderm-config)-(\d+|\*)$/, '$1');

function rendered(release: string, name: string): KubernetesObject[] {
  const text = fs.readFileSync(path.join(CASES, release, name, 'rendered.yaml'), 'utf8');
  return parseAllDocuments(text, { uniqueKeys: false, version: '1.1' })
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object): object is KubernetesObject => object?.kind !== undefined)
    .map(({ metadata: { name: own }, ...object }) => ({
      ...(JSON.parse(JSON.stringify(object, (_, value: unknown) => value ?? undefined)) as KubernetesObject),
      metadata: { name: own },
    }));
}

/** Differences of two renderings: fields as `Kind/name path`, whole objects as `Kind/name`. */
function renderedDifferences(from: string, to: string, name: string): string[] {
  const { changes } = compareObjects(rendered(from, name), rendered(to, name), 'pachyderm');
  return changes
    .filter(({ action }) => action !== 'none')
    .flatMap(({ object, action, fields }) => {
      const key = nameOf(`${object.kind}/${object.metadata.name}`);
      return action === 'update' ? fields.map((field) => `${key} ${pathText(field.path)}`) : [key];
    })
    .filter((each) => !OF_HELM.test(each));
}

async function adviceOf(from: string, to: string, name: string): Promise<UpgradeAdvice> {
  const values = fs.readFileSync(path.join(CASES, from, name, 'values.yaml'), 'utf8');
  const { text } = importOf(values, { release: from, secrets: 'plain' });
  const document = documentOf(text);
  const advice = await adviceFor(checkDocument(document), to);
  if (!advice) throw new Error('no advice');
  return advice;
}

/** Whether the advice names a field, one that it is in, or one in it. */
function isNamed({ objects }: UpgradeAdvice, difference: string): boolean {
  return objects.some(({ object, action, fields }) => {
    const key = nameOf(object);
    if (action !== 'update') return difference === key || difference.startsWith(`${key} `);
    return fields.some((field) => {
      const own = `${key} ${field.path}`;
      return own === difference || difference.startsWith(own) || own.startsWith(difference);
    });
  });
}

(cases.length === 0 ? test.skip.each([['', '', '']] as const) : test.each(cases))(
  '%s to %s: every difference of the renderings of %s is named',
  async (from, to, name) => {
    const differences = renderedDifferences(from, to, name);
    const advice = await adviceOf(from, to, name);
    expect(differences.length).toBeGreaterThan(4);
    expect(differences.filter((each) => !isNamed(advice, each))).toEqual([]);
    // And each has a reason in the table of facts.
    expect(
      advice.objects.flatMap(({ object, action, because, fields }) =>
        action === 'update'
          ? fields.filter((field) => field.because.length === 0).map((field) => `${object} ${field.path}`)
          : because.length === 0
            ? [object]
            : [],
      ),
    ).toEqual([]);
  },
);

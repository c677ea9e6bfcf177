import fs from 'node:fs';
import * as path from 'node:path';
import { imagesOf } from '../../src/images/images-of';
import { lockText } from '../../src/images/lock-file';
import { examples, otherDocuments, type SuiteDocument } from './cluster-apply/documents';
import { synthesize } from './cluster-apply/synthesize';
import { describeWithTools, run, temporaryDirectory, toolPath } from './harness';

const guide = fs.readFileSync(path.resolve(__dirname, '../../docs/guide/hardening.md'), 'utf8');

interface Finding {
  readonly check_id: string;
  readonly resource: string;
}

/** What fails in the manifests of a document, each check with the workloads that it fails on. */
async function failuresOf(document: SuiteDocument): Promise<Record<string, string[]>> {
  const { manifests, remove } = await synthesize(document);
  const { standardOutput } = await run({
    name: 'checkov',
    program: toolPath('checkov'),
    args: ['-d', manifests, '--framework', 'kubernetes', '--skip-download', '--quiet', '-o', 'json'],
  });
  remove();
  const { results } = JSON.parse(standardOutput) as { results: { failed_checks: readonly Finding[] } };
  const failures: Record<string, string[]> = {};
  for (const { check_id: check, resource } of results.failed_checks)
    (failures[check] ??= []).push(resource.slice(resource.lastIndexOf('.') + 1));
  for (const names of Object.values(failures)) names.sort();
  return failures;
}

function documentOf(name: string): SuiteDocument {
  const found = [...examples, ...otherDocuments].find((document) => document.name === name);
  if (!found) throw new Error(`there is no document ${name}`);
  return found;
}

const numberOf = (failures: Record<string, string[]>): number => Object.values(failures).flat().length;

/** Images have tags, which only their registry can make digests of. */
const DIGESTS = 'CKV_K8S_43';

describeWithTools('checkov', ['checkov'], () => {
  test('of the production example, hardened, only what the guide lists is left', async () => {
    const { [DIGESTS]: images = [], ...failures } = await failuresOf(documentOf('production-auth0-strict'));
    expect(failures).toEqual({
      CKV_K8S_35: ['console', 'pachd', 'pachw', 'pg-bouncer'],
      CKV_K8S_38: ['pachd', 'pachw'],
      CKV_K8S_40: ['console', 'etcd', 'pachd', 'pachw'],
    });
    expect(images).toHaveLength(6);
    for (const check of [DIGESTS, ...Object.keys(failures)]) expect(guide).toContain(`| ${check},`);
  });

  test('with its images locked, these are ten', async () => {
    const document = documentOf('production-auth0-strict');
    const { objects, remove } = await synthesize(document);
    remove();
    const folder = temporaryDirectory('lock');
    const digest = `sha256:${'a'.repeat(64)}`;
    fs.writeFileSync(
      folder.join('images.lock'),
      lockText(Object.fromEntries(imagesOf(objects).map((image) => [image, digest]))),
    );
    const over = { ...document.over, images: { lock: folder.join('images.lock') } };
    const failures = await failuresOf({ ...document, over });
    folder.remove();
    expect([failures[DIGESTS], numberOf(failures)]).toEqual([undefined, 10]);
  });

  test('as the official chart has it, more is', async () => {
    const failures = await failuresOf(documentOf('production-auth0-2-11-6'));
    expect(guide).toContain(
      `${numberOf(failures)} findings in the 34 objects of the production example as the chart has them`,
    );
  });
});

import { jsonKind } from '../../connectors/decoding-errors';
import type { Target } from '../../connectors/target';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { toValue, type SourceNode } from '../../document/source-node';
import { asYaml11 } from '../../document/yaml-1-1';
import { isLoopbackHost, readUrl } from '../../rules/support/url-text';
import { checkConnector } from '../check-connector';
import { readEnvelope } from '../envelope';
import type { ProductFile, ProductFileKind } from '../product-file';
import { connectorListReader } from '../readers';
import { Report } from '../report';
import { checkForm } from './check-form';
import { checksEnvironmentReferences } from './environment-references';
import { serverChecks } from './server-checks';
import { serverSchema } from './server-schema';

/** How many of Dex's own sections a document must have to be taken for its configuration; clusters share one, `storage`. */
const SECTIONS_TO_RECOGNIZE = 2;

/** The configuration of a Dex of its own, which `dex serve FILE` reads. */
export const dexConfig: ProductFileKind = {
  name: 'dex-config',
  title: 'a Dex configuration',
  products: ['dex'],
  recognizes: (root) => {
    const keys = [...(root.entries?.keys() ?? [])];
    if (keys.includes('apiVersion') || keys.includes('release')) return false;
    const sections = Object.keys(serverSchema.properties ?? {}).map((name) => name.toLowerCase());
    return keys.filter((key) => sections.includes(key.toLowerCase())).length >= SECTIONS_TO_RECOGNIZE;
  },
  check,
};

function check({ source, roots }: ProductFile, target: Target): Diagnostic[] {
  const [written, second] = roots;
  if (!written) return [];
  const root = asYaml11(written);
  const report = new Report(root);
  if (second)
    report.diagnostics.push({
      code: 'FIL009',
      severity: 'error',
      message: `The file holds ${roots.length} documents, of which Dex takes the first and drops the rest without a word`,
      location: second.source.locate(second.start, second.start + 1),
      path: '',
      hint: 'write one configuration',
    });
  const formed = checkForm(root, target, report);
  if (!formed.entries) return report.diagnostics;
  const connectors = checkConnectors(formed, target, report);
  const canonical = { ...formed, entries: new Map(formed.entries) };
  if (connectors) canonical.entries.set('connectors', connectors);
  const config = { root: canonical, target, report: report.over(canonical) };
  for (const each of [...serverChecks, checksEnvironmentReferences]) each(config);
  reportTemplate(source, report);
  return report.diagnostics;
}

/** Checks every connector; returns the list with the keys of each as Dex has them. */
function checkConnectors(root: SourceNode, target: Target, report: Report): SourceNode | undefined {
  const list = root.entries?.get('connectors');
  if (!list) return undefined;
  if (!list.items) {
    report.add(
      'DEX203',
      ['connectors'],
      `\`connectors\` must be a list: \`error unmarshaling JSON: json: cannot unmarshal ${jsonKind(toValue(list))} into Go struct field Config.connectors of type []main.Connector\``,
      {
        onKey: true,
        hint: 'put `- ` in front of the first key of each connector, and indent the others below it',
      },
    );
    return { ...list, entries: new Map() };
  }
  const issuer = root.entries?.get('issuer')?.scalar;
  const profile = isLoopbackHost(readUrl(String(issuer)).host) ? 'dev' : 'production';
  const items = list.items.map((item, index) => {
    if (!item.entries) {
      report.add(
        'DEX203',
        ['connectors', index],
        'A connector is a mapping with `type`, `id`, `name` and `config`',
        {
          hint: 'write `- type: …`, and `id:`, `name:` and `config:` below it',
        },
      );
      return item;
    }
    const envelope = readEnvelope(item, connectorListReader(target), ['connectors', index]);
    report.diagnostics.push(...checkConnector(envelope, target, { profile }));
    return envelope.root;
  });
  return { ...list, items };
}

/** The image of Dex runs its arguments through a template engine first when their names end in .yaml. */
function reportTemplate(source: ProductFile['source'], report: Report): void {
  const at = source.text.indexOf('{{');
  if (at < 0 || !/\.(yaml|tpl|tmpl)$/.test(source.name)) return;
  report.diagnostics.push({
    code: 'DEX209',
    severity: 'warning',
    message: `The image of Dex runs files with the ending ${/\.\w+$/.exec(source.name)?.[0]} through gomplate first, which takes what follows {{ for a template`,
    location: source.locate(at, at + 2),
    path: '',
    hint: 'name the file config.yml, or start /usr/local/bin/dex itself instead of the entrypoint',
  });
}

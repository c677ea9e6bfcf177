import { nodeAt, type PathStep, type SourceNode } from '../../document/source-node';
import { textsUnder } from '../../document/texts-under';
import type { ServerFile } from '../../subjects/dex-config';

/** Where values of Dex's own chart have the configuration: at the top, or under the name of the chart in another one's. */
const PLACES: readonly (readonly PathStep[])[] = [['config'], ['dex', 'config']];

/** A configuration in values of Dex's own chart. */
export interface ChartConfiguration {
  readonly path: readonly PathStep[];
  readonly node: SourceNode;
  /** The values of the chart, `config` among them. */
  readonly values: SourceNode;
}

/**
 * The configurations in values of Dex's own chart.
 *
 * @param isMeant whether a mapping is a configuration of Dex
 */
export function chartConfigurations(
  root: SourceNode,
  isMeant: (node: SourceNode) => boolean,
): ChartConfiguration[] {
  return PLACES.flatMap((path) => {
    const node = nodeAt(root, path);
    const values = nodeAt(root, path.slice(0, -1));
    return node?.entries && values && isMeant(node) ? [{ path, node, values }] : [];
  });
}

/** The chart starts Dex with arguments that say where it listens, whatever the configuration says. */
export function completedByChart({ node, values }: ChartConfiguration): SourceNode {
  const { source, start, end } = node;
  const addresses: readonly (readonly [section: string, key: string, address: string, isGiven: boolean])[] = [
    ['web', 'http', '0.0.0.0:5556', true],
    ['web', 'https', '0.0.0.0:5554', isEnabled(values, 'https')],
    ['telemetry', 'http', '0.0.0.0:5558', true],
    ['grpc', 'addr', '0.0.0.0:5557', isEnabled(values, 'grpc') && node.entries?.has('grpc') === true],
  ];
  const entries = new Map(node.entries);
  for (const [section, key, address, isGiven] of addresses) {
    if (!isGiven) continue;
    const written = entries.get(section);
    if (written && !written.entries && written.scalar !== null) continue;
    const place = written?.entries ? written : { source, start, end };
    const inside = new Map(written?.entries).set(key, { source, start, end, scalar: address });
    entries.set(section, { ...place, entries: inside });
  }
  return { ...node, entries };
}

/** The file that the chart makes of the values: without comments, and with a name that the image runs through gomplate. */
export function chartFile({ path, node }: ChartConfiguration): ServerFile {
  const { source, start, end } = node;
  const isTemplated = textsUnder(node).some(({ text }) => text.includes('{{'));
  return {
    name: 'config.yaml',
    path,
    text: isTemplated ? source.text.slice(start, end) : '',
    locate: (from, to) => source.locate(start + from, start + to),
  };
}

function isEnabled(values: SourceNode, section: string): boolean {
  return nodeAt(values, [section, 'enabled'])?.scalar === true;
}

import { isMapping } from '../document/is-mapping';
import { nodeAt, toValue, type JsonValue, type SourceNode } from '../document/source-node';
import type { ReleaseTraits } from '../releases/release-traits';
import { chartDefault } from './chart-defaults';
import { layered, type JsonMapping } from './json';

/** Values of the official chart as its templates see them: what was set, laid over the defaults of the release. */
export class ChartValues {
  constructor(
    /** What was set, with its places. */
    readonly root: SourceNode,
    readonly release: ReleaseTraits,
  ) {}

  /** What was set at a path such as `pachd.replicas`, with its place. */
  node(path: string): SourceNode | undefined {
    return nodeAt(this.root, path.split('.'));
  }

  isSet(path: string): boolean {
    return this.node(path) !== undefined;
  }

  /** The value that the templates see; undefined for one that is empty. */
  get(path: string): JsonValue | undefined {
    const fallback = chartDefault(this.release, path);
    const node = this.node(path);
    return node ? (layered(fallback, toValue(node)) ?? undefined) : fallback;
  }

  /** Whether what was set is what the chart has anyway. */
  isTrue(path: string): boolean {
    const value = this.get(path);
    // Templates take any string that is not empty for true; people who write "false" do not mean that.
    return value === true || (typeof value === 'string' && value !== '' && value !== 'false');
  }

  /** A string; empty for none. Numbers count as what they are written as. */
  text(path: string): string {
    const value = this.get(path);
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  }

  mapping(path: string): JsonMapping {
    const value = this.get(path);
    return isMapping(value) ? value : {};
  }

  list(path: string): readonly JsonValue[] {
    const value = this.get(path);
    return Array.isArray(value) ? value : [];
  }
}

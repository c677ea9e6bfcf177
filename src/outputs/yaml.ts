import { dump } from 'js-yaml';

/**
 * Values as YAML: two spaces, no anchors, no folded lines, and every text in quotes that YAML 1.1, which Kubernetes and
 * pachd read, would take for something else (`yes`, `on`, `017`, `1e3`, dates).
 */
export function toYaml(value: unknown): string {
  return dump(value, { indent: 2, lineWidth: -1, noRefs: true });
}

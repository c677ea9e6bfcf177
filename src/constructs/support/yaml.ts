import { dump, SCALAR_STYLE, visit, type Document } from 'js-yaml';
import { blockWriter } from './yaml-blocks';

/** Plain, these could be numbers to one reader of YAML 1.1 or another: `.` is one to some, and `1_000` and `1:30`. */
const LOOKS_LIKE_A_NUMBER = /^[-+]?[.\d][.\d_:]*([eE][-+]?\d+)?$/;

/**
 * Values as YAML: no anchors, no folded lines, and every text in quotes that YAML 1.1, which Kubernetes and pachd read, or
 * YAML 1.2 would take for something else (`yes`, `on`, `017`, `1e3`, dates). `transform` may change the nodes before.
 */
export function toYaml(value: unknown, transform?: (documents: Document[]) => void): string {
  return (transform === undefined ? writeBlocks(value) : undefined) ?? dumpYaml(value, transform);
}

function dumpYaml(value: unknown, transform?: (documents: Document[]) => void): string {
  return dump(value, {
    lineWidth: -1,
    noRefs: true,
    transform: (documents) => {
      transform?.(documents);
      visit(documents, (node) => {
        if (node.kind === 'scalar' && node.tag === STRING_TAG && LOOKS_LIKE_A_NUMBER.test(node.value))
          node.style = SCALAR_STYLE.SINGLE_QUOTED;
      });
    },
  });
}

const writeBlocks = blockWriter((value) => dumpYaml(value));

const STRING_TAG = 'tag:yaml.org,2002:str';

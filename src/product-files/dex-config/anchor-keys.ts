import type { SourceNode } from '../../document/source-node';

/** How keys begin that are there for their anchors alone, in the manner of Docker Compose and of GitLab's pipelines. */
const EXTENSION = /^(x-|[._])/i;

/** Whether a key that no program reads keeps something with an anchor, to which others refer. */
export function keepsAnchors(key: string, { source, keyEnd, start }: SourceNode): boolean {
  if (EXTENSION.test(key)) return true;
  return keyEnd !== undefined && keyEnd < start && /\s&\S+\s*$/.test(source.text.slice(keyEnd, start));
}

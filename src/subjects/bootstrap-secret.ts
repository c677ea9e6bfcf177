import { toValue, type SourceNode } from '../document/source-node';
import { parseRelease } from '../model/release';
import { releaseTraits, type ReleaseTraits } from '../model/release-traits';
import type { IssuerFacts, RoleFacts } from './facts';
import { stringAt } from './scalars';

/** The last release with the config Job. */
const JOB_RELEASE = '2.2.8';

/** One file of the config Job of Pachyderm 2.2, which is the text of a key of the bootstrap Secret. */
export interface BootstrapSecretSubject extends IssuerFacts, RoleFacts {
  readonly kind: 'bootstrap-secret';
  readonly root: SourceNode;
}

/** What the files of the Job say that rules ask about. */
export type BootstrapFile = 'issuer' | 'roleBindings';

export function bootstrapSecretSubject(root: SourceNode, holds: BootstrapFile): BootstrapSecretSubject {
  const url = holds === 'issuer' ? stringAt(root, ['issuer']) : undefined;
  const bindings = holds === 'roleBindings' ? [...(root.entries ?? [])] : [];
  return {
    kind: 'bootstrap-secret',
    root,
    release: traitsOfJob(),
    // Two files of the Job have it, and the chart's values.
    issuer: url === undefined ? undefined : { url, path: ['issuer'], isAlone: false },
    roleBindings: bindings.map(([subject, roles]) => ({
      subject,
      path: [subject],
      roles: stringsOf(roles).map((value, index) => ({ value, path: [subject, index] })),
    })),
  };
}

function stringsOf(node: SourceNode): readonly string[] {
  const list = toValue(node);
  return Array.isArray(list) ? list.map(String) : [];
}

function traitsOfJob(): ReleaseTraits {
  const release = parseRelease(JOB_RELEASE);
  if (!release) throw new Error(`no facts about release ${JOB_RELEASE}`);
  return releaseTraits(release);
}

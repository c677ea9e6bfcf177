import type { Diagnostic } from '../../diagnostics/diagnostic';
import { nodeAt, type PathStep, type SourceNode } from '../../document/source-node';
import { isManifest } from '../kubernetes-manifest';
import { Report } from '../report';

/** A string in an `ArgoCD` resource of which Argo CD's operator makes `dex.config` of `argocd-cm`. */
export interface OperatorText {
  readonly path: readonly PathStep[];
  readonly node: SourceNode;
}

/** Where the text is: the second place until v1beta1. */
const PLACES: readonly (readonly PathStep[])[] = [
  ['spec', 'sso', 'dex', 'config'],
  ['spec', 'dex', 'config'],
];

/** Whether a document is the resource that Argo CD's operator, and OpenShift GitOps, install Argo CD by. */
export function isOperatorResource(root: SourceNode): boolean {
  return (
    isManifest(root) &&
    /^argoproj\.io\//.test(scalarAt(root, 'apiVersion')) &&
    scalarAt(root, 'kind') === 'ArgoCD'
  );
}

export function operatorTexts(root: SourceNode): OperatorText[] {
  if (!isOperatorResource(root)) return [];
  return PLACES.flatMap((path) => {
    const node = nodeAt(root, path);
    return typeof node?.scalar === 'string' ? [{ path, node }] : [];
  });
}

/** Argo CD's own address, where the resource says its host. */
export function operatorUrl(root: SourceNode): string | undefined {
  const host = isOperatorResource(root) ? scalarAt(root, 'spec', 'server', 'host') : '';
  return host === '' ? undefined : `https://${host}`;
}

/** Whether the operator adds a connector of its own, OpenShift's, beside what a string says. */
export function addsConnector(root: SourceNode, { path }: OperatorText): boolean {
  return nodeAt(root, [...path.slice(0, -1), 'openShiftOAuth'])?.scalar === true;
}

/** Strings that the operator, or the API server, drops, and connectors that it drops for those of a string. */
export function unreadTexts(
  root: SourceNode,
  { path, node }: OperatorText,
  hasConnectors: boolean,
): Diagnostic[] {
  const report = new Report(root);
  const provider = scalarAt(root, 'spec', 'sso', 'provider');
  const isDeprecated = path[1] === 'dex';
  if (isDeprecated && !scalarAt(root, 'apiVersion').endsWith('/v1alpha1'))
    report.add(
      'FIL030',
      ['spec', 'dex'],
      '`spec.dex` is a key of v1alpha1 alone: Kubernetes drops it silently, and no one logs in through Dex',
      { onKey: true, hint: 'move it to spec.sso, beside `provider: dex`' },
    );
  else if (!isDeprecated && provider.toLowerCase() !== 'dex')
    report.add(
      'FIL030',
      provider === '' ? ['spec', 'sso'] : ['spec', 'sso', 'provider'],
      provider === ''
        ? 'There is no `provider`, and the operator makes no Dex: `illegal SSO configuration: Cannot specify SSO provider spec without specifying SSO provider type`'
        : `The provider is ${JSON.stringify(provider)}, and the operator makes no Dex: \`illegal SSO configuration\``,
      { onKey: provider === '', hint: 'write `provider: dex` beside `dex`' },
    );
  if (nodeAt(root, ['spec', 'extraConfig', 'dex.config']))
    report.add('FIL030', path, 'The operator takes `dex.config` of `spec.extraConfig` instead of this text', {
      severity: 'warning',
      onKey: true,
      hint: 'keep one of them',
    });
  if (hasConnectors && addsConnector(root, { path, node }))
    report.add(
      'FIL030',
      [...path.slice(0, -1), 'openShiftOAuth'],
      'The connectors of `config` take the place of the one that the operator writes for OpenShift, and no one logs in with it',
      {
        severity: 'warning',
        hint: 'remove one of them; or write the connector of type openshift in `config` too',
      },
    );
  return report.diagnostics;
}

function scalarAt(root: SourceNode, ...path: readonly PathStep[]): string {
  const value = nodeAt(root, path)?.scalar;
  return typeof value === 'string' ? value : '';
}

import { clusterSubject } from '../../src/subjects/cluster';
import { readDocuments } from '../../src/document/read-documents';
import type { Document } from '../../src/document/document';
import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import type { Cluster } from '../../src/model/cluster';
import { connectorTargetOf } from '../../src/releases/connector-target';
import { resolveCluster } from '../../src/model/resolve';
import { withoutSecrets, type SecretReader } from '../../src/model/secret-reader';
import { auth0Rules } from '../../src/rules/auth0';
import { checkSchema } from '../../src/schema/check-schema';
import { locate } from '../../src/document/source-node';

/** A document that is whole but for its `auth0` section; profile production, https. */
export const BASE = `apiVersion: pachkit/v1
name: prod
release: 2.12.0-rc.3
access: { via: proxy, host: pachyderm.acme.com, tls: { secretName: tls } }
`;

/** Reads a document written as YAML. */
function documentOf(text: string): Document {
  const { documents, diagnostics } = readDocuments('pachyderm.yaml', {
    directory: '/nowhere',
    readFile: () => Buffer.from(text),
    readStandardInput: () => Buffer.from(''),
  });
  const [document] = documents;
  if (!document) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return document;
}

/** The cluster of a document that satisfies the schema. */
export function clusterOf(text: string, readSecret: SecretReader = withoutSecrets): Cluster {
  const document = documentOf(text);
  const findings = checkSchema(document);
  const { value, diagnostics } = resolveCluster(document, readSecret);
  if (findings.length > 0 || !value)
    throw new Error([...findings, ...diagnostics].map(({ message }) => message).join('\n'));
  return value;
}

/** A finding of the schema or of a rule about `auth0`, reduced to what a test compares. */
export interface Found {
  readonly code: string;
  readonly severity: Diagnostic['severity'];
  readonly line: number | undefined;
  readonly message: string;
}

/** Everything that the schema and, when it is content, the rules about `auth0` find in a document. */
export function findingsOf(text: string): Found[] {
  const document = documentOf(text);
  const bySchema = checkSchema(document);
  if (bySchema.length > 0)
    return bySchema.map(({ code, severity, location, message }) => ({
      code,
      severity,
      line: location.range?.line,
      message,
    }));
  const { value: cluster } = resolveCluster(document, withoutSecrets);
  if (!cluster) throw new Error('the cluster cannot be resolved');
  const context = clusterSubject({
    document: document.value as unknown as ClusterDocument,
    cluster,
    root: document.root,
    target: connectorTargetOf(cluster),
    profile: cluster.profile,
  });
  return auth0Rules.flatMap((rule) =>
    [...rule.check(context)].map((finding) => ({
      code: rule.code,
      severity: finding.severity ?? rule.severity,
      line: locate(document.root, finding.path, finding.onKey).range?.line,
      message: finding.message,
    })),
  );
}

import type { Diagnostic } from '../diagnostics/diagnostic';
import type { ApiRefusal } from './api/kubernetes-api';
import type { KubernetesObject } from './api/objects';
import { objectName } from '../outputs/object-name';

/** Something an API server refuses: how it is told, and what it comes to. */
interface RefusalRow {
  readonly code: Diagnostic['code'];
  readonly applies: (refusal: ApiRefusal) => boolean;
  readonly hint: string;
}

/** The first that applies is told; the words of the API server are quoted by all. */
const rows: readonly RefusalRow[] = [
  {
    code: 'CLU008',
    applies: ({ message }) => /because it is being terminated/.test(message),
    hint: 'wait until kubectl get namespace does not list the namespace any more, then run the command again',
  },
  {
    code: 'CLU007',
    applies: ({ message }) => /exceeded quota/.test(message),
    hint: 'raise the ResourceQuota of the namespace, or ask for less: kubectl describe quota shows what is used',
  },
  {
    code: 'CLU007',
    applies: ({ message }) => /failed calling webhook/.test(message),
    hint: 'the webhook of a policy does not answer the API server: kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations shows whose it is; run the command again when it does',
  },
  {
    code: 'CLU007',
    applies: ({ message }) => /admission webhook|violates PodSecurity|denied (the )?request/.test(message),
    hint: 'the message is that of a policy of the cluster; change the document so that it fits, or ask for an exception',
  },
  {
    code: 'CLU005',
    applies: ({ status, reason }) => status === 403 && reason === 'Forbidden',
    hint: 'ask for a role with the right, or name another context with --context; kubectl auth can-i --list shows what is allowed',
  },
  {
    code: 'CLU006',
    applies: ({ message }) =>
      /persistentvolumeclaim|field can not be less than|is immutable after creation/i.test(message),
    hint: 'a claim can be larger than before, and nothing else of it can change; make a new one and move the data',
  },
];

const OTHERS: Omit<RefusalRow, 'applies'> = {
  code: 'CLU006',
  hint: 'the message is that of the API server; kubectl explain KIND says what the fields take in its version',
};

/** What the API server says about an object, or about a kind of them, as a finding. */
export function refusalDiagnostic(
  refusal: ApiRefusal,
  subject: Pick<KubernetesObject, 'kind' | 'metadata'> | string,
  file: string,
): Diagnostic {
  const { code, hint } = rows.find(({ applies }) => applies(refusal)) ?? OTHERS;
  const name = typeof subject === 'string' ? subject : objectName(subject);
  return {
    code,
    severity: 'error',
    message: `The API server refuses ${name}: ${refusal.message}`,
    location: { file },
    path: '',
    hint,
  };
}

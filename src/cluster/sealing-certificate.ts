import type { Diagnostic } from '../diagnostics/diagnostic';
import { ApiRefusal } from './api/kubernetes-api';
import { orNotFound, type Resources } from './api/resources';
import { diagnosticOf } from './difference';
import { ClusterFailure } from './failure';

/** The Service of Bitnami's controller of SealedSecrets. */
export interface SealingController {
  readonly name: string;
  readonly namespace: string;
}

interface Service {
  readonly spec?: { readonly ports?: readonly { readonly name?: string }[] };
}

/** Answers of the API server for a Service that none of its Pods answers for. */
const NO_ANSWER: ReadonlySet<number> = new Set([502, 503, 504]);

/** The certificate that the controller encrypts for now, as its Service gives it through the API server; kubeseal asks likewise. */
export async function fetchSealingCertificate(
  { api }: Resources,
  controller: SealingController,
  file: string,
): Promise<string | Diagnostic> {
  const { name, namespace } = controller;
  const path = (more = ''): string =>
    `/api/v1/namespaces/${encodeURIComponent(namespace)}/services/${more}${encodeURIComponent(name)}`;
  try {
    const service = await orNotFound(api.request<Service>(path()));
    if (!service) throw missing(controller, `there is no Service ${name} in the namespace ${namespace}`);
    const port = service.spec?.ports?.[0]?.name ?? '';
    const certificate = api.text(`${path('http:')}:${encodeURIComponent(port)}/proxy/v1/cert.pem`);
    return await certificate.catch((error: unknown) => {
      throw isOfController(error)
        ? missing(controller, `the Service ${namespace}/${name} does not give it: ${error.message}`)
        : error;
    });
  } catch (error) {
    return diagnosticOf(error, file);
  }
}

/** Whether the controller fails, and not the API server, which has answered a moment ago. */
function isOfController(error: unknown): error is Error {
  return error instanceof ApiRefusal
    ? NO_ANSWER.has(error.status) || error.status === 404
    : error instanceof ClusterFailure && error.code === 'CLU003';
}

function missing({ namespace }: SealingController, reason: string): ClusterFailure {
  return new ClusterFailure(
    'SEC030',
    `The certificate of the controller of SealedSecrets cannot be fetched: ${reason}`,
    `see kubectl -n ${namespace} get services,pods; name the Service with --controller-name and --controller-namespace, as kubeseal does`,
  );
}

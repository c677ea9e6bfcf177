import type { Finding, Rule } from '../rule';
import { placesOf } from '../support/places-of';
import { quantityOf } from '../../model/quantity';

type Amounts = Readonly<Record<string, string | number>>;

interface Resources {
  readonly requests?: Amounts;
  readonly limits?: Amounts;
}

export const requestsAboveLimits: Rule = {
  code: 'PCH112',
  severity: 'error',
  reads: ['cluster'],
  title: 'Resources that Kubernetes refuses',
  reason:
    'A container cannot ask for more of a resource than it may use, and resources that are not shared, such as huge pages and GPUs, need a limit that is equal to the request. The API server refuses the pod: "must be less than or equal to cpu limit of 500m".',
  remedy:
    'Raise the limit, or lower the request; for resources that are not shared give both the same amount.',
  *check({ document }) {
    for (const { path, value } of placesOf<Resources>(document, 'resources'))
      for (const [resource, request] of Object.entries(value.requests ?? {})) {
        const finding = problemOf(resource, request, value.limits?.[resource]);
        if (finding) yield { path: [...path, 'requests', resource], ...finding };
      }
  },
};

const SHARED: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);

function problemOf(
  resource: string,
  request: string | number,
  limit: string | number | undefined,
): Pick<Finding, 'message' | 'hint'> | undefined {
  if (SHARED.has(resource))
    return limit === undefined || quantityOf(request) <= quantityOf(limit)
      ? undefined
      : {
          message: `The container asks for ${request} ${resource} and may use ${limit}, so Kubernetes refuses the pod: \`must be less than or equal to ${resource} limit of ${limit}\``,
          hint: `raise limits.${resource} to ${request}, or lower the request`,
        };
  if (limit === undefined)
    return {
      message: `The container asks for ${request} ${resource} without a limit, so Kubernetes refuses the pod: \`Limit must be set for non overcommitable resources\``,
      hint: `add ${resource}: ${request} to limits`,
    };
  return quantityOf(request) === quantityOf(limit)
    ? undefined
    : {
        message: `The container asks for ${request} ${resource} and may use ${limit}, so Kubernetes refuses the pod: \`must be equal to ${resource} limit of ${limit}\``,
        hint: 'give both the same amount',
      };
}

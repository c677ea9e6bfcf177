import type { PathStep } from '../../document/source-node';
import type { Finding, Rule } from '../rule';
import { placesOf } from '../support/places-of';

interface Condition {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

type Problem = Pick<Finding, 'message' | 'hint'> & { readonly key: string };

export const impossibleConditions: Rule = {
  code: 'PCH113',
  severity: 'error',
  reads: ['cluster'],
  title: 'Affinity or toleration that Kubernetes refuses',
  reason:
    'In and NotIn compare a label with values and need some; Exists and DoesNotExist take none; Gt and Lt take one whole number. A toleration without a key, or with the operator Exists, has no value, and tolerationSeconds is about the effect NoExecute alone. The API server refuses a pod that says otherwise, and the workload has no pods.',
  remedy: 'Give the values that the operator takes.',
  *check({ document }) {
    for (const { path, value } of placesOf<readonly Condition[]>(document, 'matchExpressions'))
      for (const [index, condition] of value.entries())
        yield* findings(conditionProblem(condition), [...path, index], condition);
    for (const { path, value } of placesOf<readonly Toleration[]>(document, 'tolerations'))
      for (const [index, toleration] of value.entries())
        for (const problem of tolerationProblems(toleration))
          yield* findings(problem, [...path, index], toleration);
  },
};

/** At the key that is wrong, or at the whole where it is missing. */
function* findings(
  problem: Problem | undefined,
  path: readonly PathStep[],
  subject: object,
): Generator<Finding> {
  if (!problem) return;
  const { key, ...rest } = problem;
  yield { path: Object.hasOwn(subject, key) ? [...path, key] : path, ...rest };
}

function conditionProblem({ operator, values = [] }: Condition): Problem | undefined {
  const key = 'values';
  if (operator === 'In' || operator === 'NotIn')
    return values.length > 0
      ? undefined
      : {
          key,
          message: `The operator ${operator} has no values to compare with: \`must be specified when \`operator\` is 'In' or 'NotIn'\``,
          hint: 'add values: [ … ]; Exists asks for the label alone',
        };
  if (operator === 'Exists' || operator === 'DoesNotExist')
    return values.length === 0
      ? undefined
      : {
          key,
          message: `The operator ${operator} takes no values: \`may not be specified when \`operator\` is 'Exists' or 'DoesNotExist'\``,
          hint: `remove values, or use ${operator === 'Exists' ? 'In' : 'NotIn'}`,
        };
  return values.length === 1 && /^[0-9]+$/.test(values[0] ?? '')
    ? undefined
    : {
        key,
        message: `The operator ${operator} takes one whole number: \`must be specified single value when \`operator\` is 'Lt' or 'Gt'\``,
        hint: 'write values: ["4"]',
      };
}

function* tolerationProblems(toleration: Toleration): Generator<Problem> {
  const { key = '', operator = 'Equal', value = '', effect, tolerationSeconds } = toleration;
  if (key === '' && operator !== 'Exists')
    yield {
      key: 'operator',
      message:
        'A toleration without a key is about every taint, which takes the operator Exists: `operator must be Exists when `key` is empty, which means "match all values and all keys"`',
      hint: 'add the key of the taint, or operator: Exists',
    };
  if (operator === 'Exists' && value !== '')
    yield {
      key: 'value',
      message: "The operator Exists takes no value: `value must be empty when `operator` is 'Exists'`",
      hint: 'remove the value, or use operator: Equal',
    };
  if (tolerationSeconds !== undefined && effect !== 'NoExecute')
    yield {
      key: 'tolerationSeconds',
      message:
        "tolerationSeconds says when a pod leaves a node, which the effect NoExecute alone makes it do: `effect must be 'NoExecute' when `tolerationSeconds` is set`",
      hint: 'add effect: NoExecute, or remove tolerationSeconds',
    };
}

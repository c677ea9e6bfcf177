/** A verb on a kind of object, which an API server allows someone or not. */
export interface Right {
  readonly verb: string;
  /** `apps`; empty for the core group. */
  readonly group: string;
  /** `deployments`, or `pods/exec` */
  readonly resource: string;
  /** Missing for kinds that belong to the whole cluster. */
  readonly namespace?: string;
  /** Asked only where the right is not there: whether it is needed at all. @default yes */
  readonly isNeeded?: () => Promise<boolean>;
}

/** A rule of a Role, and of those that `SelfSubjectRulesReview` lists. */
export interface ResourceRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** `deployments.apps`, as kubectl takes it. */
export function resourceName({ resource, group }: Pick<Right, 'resource' | 'group'>): string {
  return group === '' ? resource : `${resource}.${group}`;
}

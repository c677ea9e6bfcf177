import type { Auth } from '../model/cluster';

/** Someone who is logged in, as pachd knows them. */
export interface Identity {
  /** `user:ada@acme.com` */
  readonly subject: string;
  /** `group:data-science` */
  readonly groups: readonly string[];
}

/** A role, and the subject that it is bound to. */
export interface BoundRole {
  readonly role: string;
  readonly through: string;
}

/** Everyone who is logged in. */
const EVERYONE = 'allClusterUsers';

/** The roles on the cluster that a document gives to someone, each once. */
export function rolesOf({ roleBindings = {} }: Auth, { subject, groups }: Identity): BoundRole[] {
  const found = new Map<string, BoundRole>();
  for (const through of [subject, ...groups, EVERYONE])
    for (const role of roleBindings[through] ?? []) if (!found.has(role)) found.set(role, { role, through });
  return [...found.values()];
}

/** Subjects of a document that nearly are someone: pachd compares them as strings, case and all. */
export function nearlyBound(
  { roleBindings = {} }: Auth,
  { subject, groups }: Identity,
): {
  readonly sent: string;
  readonly written: string;
}[] {
  return [subject, ...groups].flatMap((sent) =>
    Object.keys(roleBindings)
      .filter((written) => written !== sent && simplified(written) === simplified(sent))
      .map((written) => ({ sent, written })),
  );
}

/** Providers send groups with a path or a domain, and in their own case. */
function simplified(subject: string): string {
  return subject.toLowerCase().replace(/^group:(?:.*[/\\])?/, 'group:');
}

import type { Diagnostic } from '../diagnostics/diagnostic';
import { rolesBeyond, type RoleBindings, type SubjectRoles } from '../model/role-bindings';
import { otherIssuer, problemDiagnostic, type Described } from './connectors';
import { PachctlProblem, type Pachctl, type PachdLicense } from './pachctl';

/** What pachd says of itself, to the user of pachctl. */
export interface PachdState {
  /** `user:ada@acme.com`, `pach:root`; missing where authentication is off. */
  readonly user?: string;
  /** Whether authentication is activated. */
  readonly isActivated: boolean;
  readonly license?: PachdLicense;
  /** Roles on the cluster by subject; missing where the user may not see them. pachd's own subjects are left out. */
  readonly bindings?: RoleBindings;
  /** In the document and not in pachd. */
  readonly missing: readonly SubjectRoles[];
  /** In pachd and not in the document, such as what was bound by hand; empty where the document has no role bindings. */
  readonly extra: readonly SubjectRoles[];
  /** What pachd does not tell this user, as names for people, with the reason. */
  readonly untold: readonly { readonly what: string; readonly reason: string }[];
}

/** Asks pachd with the user's pachctl. Finds out first whether it leads to the cluster of the document. */
export function readPachdState(
  described: Described,
  pachctl: Pachctl,
): { readonly state?: PachdState; readonly diagnostics: readonly Diagnostic[] } {
  try {
    const user = asUser(pachctl);
    const other = user === undefined ? undefined : otherIssuer(described, pachctl);
    if (other) return { diagnostics: [other] };
    const untold: { what: string; reason: string }[] = [];
    const told = <T>(what: string, ask: () => T): T | undefined => {
      try {
        return ask();
      } catch (error) {
        if (!(error instanceof PachctlProblem) || error.code !== 'CTL004') throw error;
        untold.push({ what, reason: 'pachd tells it to administrators of the cluster alone' });
        return undefined;
      }
    };
    const license = told('the license', () => pachctl.license());
    const bindings = user === undefined ? undefined : told('role bindings', () => pachctl.clusterBindings());
    const document = described.cluster.auth?.roleBindings;
    return {
      state: {
        missing: bindings === undefined ? [] : rolesBeyond(document, bindings),
        extra: document === undefined ? [] : rolesBeyond(bindings, document),
        isActivated: user !== undefined,
        untold,
        ...(user === undefined ? {} : { user }),
        ...(license === undefined ? {} : { license }),
        ...(bindings === undefined ? {} : { bindings }),
      },
      diagnostics: [],
    };
  } catch (error) {
    return { diagnostics: [problemDiagnostic(error, described)] };
  }
}

/** Who asks; undefined where authentication is off. */
function asUser(pachctl: Pachctl): string | undefined {
  try {
    return pachctl.whoAmI();
  } catch (error) {
    if (error instanceof PachctlProblem && /the auth service is not activated/.test(error.said))
      return undefined;
    throw error;
  }
}

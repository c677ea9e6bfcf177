import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { placeAt } from '../document/source-node';
import type { Cluster } from '../model/cluster';
import { connectorPlans, issuerFromPods, issuerSubject, returnSubjects, type ConnectorPlan } from './chain';
import type { IssuerSubject, ReturnSubject } from './subjects';
import type { Hop } from './hop';
import { loginHops, type LoginRun } from './login/hops';
import type { Person } from './login/person';
import { connectorHops, issuerHops, issuerHopsOfPods, returnHop, returnHops } from './hops';
import { apiHops, hasApiBesideDex } from './hops/pachd-api';
import { runHops, type HopSubject, type SeenHop } from './run-hops';
import type { World } from './world';

/** Hops that belong together: those to Dex, or of one connector. */
export interface Section {
  /** `Dex`, `pachd`, `Console`, `connector ID`. */
  readonly name: string;
  /** What it is about: a URL, or host and port. */
  readonly about: string;
  readonly hops: readonly SeenHop[];
}

export interface DoctorOptions {
  readonly world: World;
  /** What Dex and pachd ask is asked through this Pod; missing for from here. */
  readonly pods?: { readonly name: string; readonly world: World };
  /** What each hop may take, in milliseconds. */
  readonly timeout: number;
  /** Whether to look at nothing, and say what would be looked at. */
  readonly offline: boolean;
  /** Id of the connector that someone is to log in with, and who that is. */
  readonly login?: { readonly connectorID: string; readonly person: Person };
}

/** Checks every hop of the login of a cluster, from outside of it or, for what its Pods ask, through one of them. */
export async function examine(
  { cluster, document }: { readonly cluster: Cluster; readonly document: Document },
  options: DoctorOptions,
): Promise<Section[]> {
  const { world, pods } = options;
  const { auth, urls } = cluster;
  if (auth === undefined) return [];
  const issuer = issuerSubject(cluster, world);
  const plans = connectorPlans(cluster, document, issuer, pods?.world ?? world);
  const returns = returnSubjects(cluster, world);
  const isThere = ({ address }: ReturnSubject): boolean => address === issuer.address;
  // Connectors need to know whether Dex takes logins.
  const first = {
    name: 'Dex',
    about: urls.browserIssuer,
    hops: await look([...issuerHops, ...returns.filter(isThere).map(atIssuer)], issuer, options),
  };
  const elsewhere = returns.filter((subject) => !isThere(subject));
  const api = hasApiBesideDex(cluster)
    ? [{ name: 'pachd API', about: `${new URL(urls.browserIssuer).origin}/api/`, hops: apiHops }]
    : [];
  const through = pods ? `, through ${pods.name}` : '';
  const fromPods = pods ? issuerFromPods(cluster, pods.world) : [];
  const others = await Promise.all([
    ...fromPods.map(async (subject) => ({
      name: 'Dex, as Pods see it',
      about: `${urls.issuer}${through}`,
      hops: await look(issuerHopsOfPods, subject, options),
    })),
    ...api.map(async ({ hops, ...section }) => ({ ...section, hops: await look(hops, issuer, options) })),
    ...elsewhere.map(async (subject) => ({
      name: subject.title,
      about: subject.url,
      hops: await look(returnHops, subject, options),
    })),
    ...plans.map(async (plan) => ({
      name: `connector ${plan.subject.connector.id}`,
      about: `${plan.subject.connector.type}, ${plan.subject.address}${plan.subject.world === world ? '' : through}`,
      hops: await lookAtConnector(plan, options),
    })),
  ]);
  return [first, ...others, ...(await lookAtLogin(plans, options))];
}

/** One real login, after everything else was seen: it has the terminal for itself. */
async function lookAtLogin(plans: readonly ConnectorPlan[], options: DoctorOptions): Promise<Section[]> {
  const { login } = options;
  const plan = plans.find(({ subject }) => subject.connector.id === login?.connectorID);
  if (login === undefined || plan === undefined) return [];
  const subject: LoginRun = { ...plan.subject, title: 'Dex', person: login.person, login: {} };
  return [
    {
      name: `login ${login.connectorID}`,
      about: plan.subject.issuer.cluster.urls.browserIssuer,
      hops: await look(loginHops, subject, options),
    },
  ];
}

/** The way back to a program at the host and port that Dex is at, as a hop of Dex. */
function atIssuer(subject: ReturnSubject): Hop<IssuerSubject> {
  return {
    ...returnHop,
    name: subject.title,
    appliesTo: () => true,
    plan: () => returnHop.plan(subject),
    check: (_issuer, signal) => returnHop.check(subject, signal),
  };
}

function lookAtConnector(plan: ConnectorPlan, options: DoctorOptions): Promise<SeenHop[]> {
  switch (plan.kind) {
    case 'provider':
      return look(connectorHops.provider, plan.subject, options);
    case 'directory':
      return look(connectorHops.directory, plan.subject, options);
    default:
      return look(connectorHops[plan.kind], plan.subject, options);
  }
}

async function look<Subject extends HopSubject>(
  hops: readonly Hop<Subject>[],
  subject: Subject,
  { timeout, offline }: DoctorOptions,
): Promise<SeenHop[]> {
  if (!offline) return runHops(hops, subject, timeout);
  return hops
    .filter((hop) => hop.appliesTo(subject))
    .map((hop) => ({ name: hop.name, status: 'planned', seen: hop.plan(subject) }));
}

/** What is wrong at hops, as findings about the document. */
export function findingsOf(sections: readonly Section[], { root }: Document): Diagnostic[] {
  return sections.flatMap(({ hops }) =>
    hops.flatMap(({ status, fault }) =>
      fault === undefined
        ? []
        : [
            {
              code: fault.code,
              severity: status === 'warning' ? ('warning' as const) : ('error' as const),
              message: fault.effect,
              hint: fault.hint,
              ...placeAt(root, fault.path),
            },
          ],
    ),
  );
}

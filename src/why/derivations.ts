import type { Cluster } from '../model/cluster';
import type { ClusterUrls } from '../model/urls';
import type { Leaf } from './leaves';

/** A value that pachkit has derived, and how. */
export interface Derivation {
  /** `urls.issuer` */
  readonly name: string;
  readonly text: string;
}

/** How each URL of a login comes about; the code is in src/model/urls.ts. */
const URLS: Readonly<Record<keyof ClusterUrls, string>> = {
  issuer:
    "the issuer, where pachd and Console look for Dex's discovery document: the host, scheme and port that the cluster is reached at, and /dex; a name of a Service where browsers and pods do not share one; or access.urls.issuer",
  browserIssuer: 'the issuer as browsers reach it: the path of the issuer on the host that browsers know',
  issuerCallback: 'the callback URL that Dex derives from its issuer: the issuer and /callback',
  callback:
    'where providers send browsers back to: the issuer as browsers reach it and /callback; it is registered at every provider, and the redirectURI of every connector',
  pachdRedirect:
    'where Dex sends browsers after a login with pachctl: the address of pachd and /authorization-code/callback',
  consoleRedirect:
    'where Dex sends browsers after a login with Console: the address of Console and /oauth/callback/?inline=true',
  userAccessibleIssuer:
    'where browsers find the issuer, in the form of the release: a URL from 2.3.6 on, host and port before',
  consoleIssuer: 'the issuer as browsers reach it, without its path, for Console',
  localhostIssuer:
    'whether pachd asks its own Dex on localhost: where it runs the Dex in use and pods do not reach the issuer as browsers do',
  console: 'where people open Console: the host, scheme and port that the cluster is reached at',
  pachd: 'the address that pachctl connects to: the host, scheme and port that the cluster is reached at',
  publicHost: 'the host that people reach the cluster by, with its port where it is not that of the scheme',
};

/** Shortest text that is looked for in others: a host of a few letters is in many strings by accident. */
const SHORTEST = 8;

/** The derived URLs that a value is, or that are in it. */
export function derivationsOf({ urls }: Cluster, value: Leaf): Derivation[] {
  if (typeof value !== 'string') return [];
  const names = (Object.keys(URLS) as (keyof ClusterUrls)[]).filter((name) => typeof urls[name] === 'string');
  const whole = names.filter((name) => urls[name] === value);
  const inside = names.filter(
    (name) => String(urls[name]).length >= SHORTEST && value.includes(String(urls[name])),
  );
  return (whole.length > 0 ? whole : inside).map((name) => ({ name: `urls.${name}`, text: URLS[name] }));
}

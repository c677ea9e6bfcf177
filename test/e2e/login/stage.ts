import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import YAML from 'yaml';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic';
import type { Document } from '../../../src/document/document';
import type { Cluster } from '../../../src/model/cluster';
import { checkFiles } from '../../../src/pipeline/check-files';
import { readCluster } from '../../../src/pipeline/read-cluster';
import { synthesize } from '../../../src/plan/synthesize';
import {
  createCertificateAuthority,
  freePort,
  startPostgres,
  startSlapd,
  temporaryDirectory,
  type Certificate,
  type CertificateAuthority,
  type PostgresServer,
  type SlapdServer,
  type TemporaryDirectory,
} from '../harness';
import { startBrowser, textOf, type Browser } from './browser';
import { deployDex, type DeployedDex } from './deployed-dex';
import { DeployedObjects } from './deployed-objects';
import { DIRECTORY_ENTRIES, SUFFIX } from './directory-entries';
import { AUTH0_HOST, HOST, VARIABLES, type ClusterText, type Surroundings } from './documents';
import { verifiedClaims, type IdTokenClaims } from './id-token';
import { startIdentityProvider, type IdentityProvider, type ProviderSettings } from './identity-provider';
import { startNetwork, type Network } from './network';
import { startWayIn, type WayIn } from './way-in';

/** Further hosts of identity providers. */
export const OKTA_HOST = 'acme.okta.com';
export const PRIVATE_HOST = 'sso.acme.internal';
const PROVIDER_HOSTS = [AUTH0_HOST, OKTA_HOST, PRIVATE_HOST];

interface Servers {
  readonly authority: CertificateAuthority;
  readonly providerCertificate: Certificate;
  readonly network: Network;
  readonly wayIn: WayIn;
  readonly browser: Browser;
  readonly postgres: PostgresServer;
  readonly directory: SlapdServer;
  readonly files: TemporaryDirectory;
}

/** Everything around a cluster that does not change from test to test. */
export class Stage {
  private constructor(private readonly servers: Servers) {}

  get browser(): Browser {
    return this.servers.browser;
  }

  get postgres(): PostgresServer {
    return this.servers.postgres;
  }

  get authority(): CertificateAuthority {
    return this.servers.authority;
  }

  get directory(): SlapdServer {
    return this.servers.directory;
  }

  get network(): Network {
    return this.servers.network;
  }

  get wayIn(): WayIn {
    return this.servers.wayIn;
  }

  static async build(): Promise<Stage> {
    const files = temporaryDirectory('login');
    const authority = await createCertificateAuthority(files.path);
    const providerCertificate = await authority.issue('providers', PROVIDER_HOSTS);
    const access = await authority.issue('access', [HOST]);
    const certificate = await authority.issue('ldap', ['localhost']);
    const network = await startNetwork();
    const wayIn = await startWayIn(await freePort(), access);
    network.lead(HOST, wayIn.port);
    const browser = await startBrowser(network.proxyUrl, [providerCertificate, access]);
    const postgres = await startPostgres();
    const directory = await startSlapd({ suffix: SUFFIX, ldif: DIRECTORY_ENTRIES, certificate });
    return new Stage({
      authority,
      providerCertificate,
      network,
      wayIn,
      browser,
      postgres,
      directory,
      files,
    });
  }

  async stop(): Promise<void> {
    const { browser, wayIn, network, directory, postgres, files } = this.servers;
    await browser.stop();
    await wayIn.stop();
    await network.stop();
    await directory.stop();
    await postgres.stop();
    files.remove();
  }

  /** A database of its own for one cluster, and where the other servers are. */
  async surroundings(): Promise<Surroundings> {
    const database = `dex_${randomBytes(4).toString('hex')}`;
    await this.postgres.createDatabase(database);
    return {
      postgres: { port: this.postgres.port, user: this.postgres.user, database },
      ldap: {
        host: this.servers.directory.host,
        bindDN: this.servers.directory.bindDN,
        certificateAuthority: this.servers.authority.certificate,
      },
    };
  }

  /** Starts an identity provider and makes it known by the host of its issuer. */
  async startProvider(
    settings: ProviderSettings,
    certificate: Certificate = this.servers.providerCertificate,
  ): Promise<IdentityProvider> {
    const provider = await startIdentityProvider(settings, certificate);
    this.servers.network.lead(new URL(settings.issuer).hostname, provider.port);
    return provider;
  }

  /** Checks, resolves and synthesizes a document as the command line does, findings or not. */
  async synthesize(document: ClusterText): Promise<Synthesized> {
    const files = temporaryDirectory('document');
    const fileName = files.join('pachyderm.yaml');
    writeFileSync(fileName, JSON.stringify(document, null, 2));
    const readFile = (name: string): Buffer => readFileSync(name);
    const { documents, diagnostics } = checkFiles(['pachyderm.yaml'], {
      directory: files.path,
      readFile,
      readStandardInput: () => Buffer.from(''),
    });
    const variables: Readonly<Record<string, string>> = {
      ...VARIABLES,
      LDAP_PASSWORD: this.servers.directory.bindPW,
    };
    const [checked] = documents;
    const read =
      checked && readCluster(checked, { variable: (name) => variables[name], readFile, frozen: false });
    files.remove();
    if (!checked || !read?.value)
      throw new Error(
        [...diagnostics, ...(read?.diagnostics ?? [])].map(({ message }) => message).join('\n'),
      );
    const synthesis = await synthesize(read.value);
    const objects = new DeployedObjects(synthesis, {
      'postgres/password': this.postgres.password,
      'ldap/password': this.servers.directory.bindPW,
      'console/client-secret': 'the secret of Console',
      'pachyderm-root/root-token': 'the root token',
      'pachyderm-license-key/key': 'the license key',
      'pachyderm-license-key/secret': 'the enterprise secret',
      'dex-users/kilgore': exampleHash(),
    });
    return { document: checked.document, cluster: read.value, diagnostics, objects };
  }

  /**
   * Starts the Dex of a cluster, reached by its public host, and waits for nothing.
   * @param trusts whether the image trusts the authority of the identity providers
   */
  async deploy({ cluster, objects }: Synthesized, trusts = true): Promise<DeployedDex> {
    const dex = await deployDex(cluster, objects, {
      HTTPS_PROXY: this.servers.network.proxyUrl,
      ...(trusts ? { SSL_CERT_FILE: this.servers.authority.certificateFile } : {}),
    });
    this.leadTo(dex);
    return dex;
  }

  /** From now on the public host leads to this Dex. */
  leadTo(dex: DeployedDex): void {
    this.servers.wayIn.leadToDex(dex.port);
  }
}

/** The hash in the example of a standalone Dex, which says there what the password is. */
function exampleHash(): string {
  const file = path.resolve(__dirname, '../../../examples/dex-standalone/pachyderm.yaml');
  const example = YAML.parse(readFileSync(file, 'utf8')) as {
    dex: { staticPasswords: [{ hash: string }] };
  };
  return example.dex.staticPasswords[0].hash;
}

/** A document's cluster, what was found in it, and its objects. */
export interface Synthesized {
  readonly document: Document;
  readonly cluster: Cluster;
  readonly diagnostics: readonly Diagnostic[];
  readonly objects: DeployedObjects;
}

/** A program that logs people in through Dex, as pachd and Console are. */
export interface Client {
  readonly id: string;
  readonly secret: string;
  readonly redirectURI: string;
  readonly scopes: readonly string[];
}

/** pachd, with what its pod knows. */
export function pachdClient({ cluster, objects }: Synthesized): Client {
  const { AUTH_CLIENT_SECRET: secret = '' } = objects.environmentOf('pachd');
  return {
    id: cluster.auth?.clientID ?? '',
    secret,
    redirectURI: cluster.urls.pachdRedirect,
    scopes: cluster.auth?.scopes ?? [],
  };
}

/** A login that has been begun and not ended. */
export interface BegunLogin {
  readonly client: Client;
  readonly state: string;
  readonly nonce: string;
}

/** Sends the browser to Dex as pachd's login URL does, and chooses a connector there as a person would. */
export async function beginLogin(
  page: Page,
  { cluster }: Pick<Synthesized, 'cluster'>,
  client: Client,
  connectorName: string,
): Promise<BegunLogin> {
  const state = randomBytes(16).toString('hex');
  const nonce = randomBytes(16).toString('hex');
  const url = new URL(`${cluster.urls.browserIssuer}/auth`);
  url.search = new URLSearchParams({
    client_id: client.id,
    redirect_uri: client.redirectURI,
    response_type: 'code',
    scope: client.scopes.join(' '),
    state,
    nonce,
  }).toString();
  await page.goto(url.href);
  const choice = page.getByText(`Log in with ${connectorName}`);
  // With one connector Dex asks no one.
  if (cluster.identity.connectors.length > 1) await choice.click();
  return { client, state, nonce };
}

/** Fills in the login form of Dex, for connectors that check passwords themselves. */
export async function fillInDexForm(page: Page, username: string, password: string): Promise<void> {
  await page.locator('input[name=login]').fill(username);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Login' }).click();
}

/** Fills in the login form of the identity provider. */
export async function fillInProviderForm(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Email address').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Waits until the page says this; fails with what it says in its place. */
export async function expectText(page: Page, text: string): Promise<void> {
  try {
    await page.getByText(text).first().waitFor();
  } catch {
    expect(await textOf(page)).toContain(text);
  }
}

/** Waits until the browser is back at the client, and gets the ID token for the code that it brings, as the client does. */
export async function finishLogin(
  page: Page,
  dex: Pick<DeployedDex, 'ask'>,
  { client, state, nonce }: BegunLogin,
): Promise<IdTokenClaims> {
  const wanted = new URL(client.redirectURI);
  await page.waitForURL((url) => url.origin === wanted.origin && url.pathname === wanted.pathname);
  const answer = new URL(page.url()).searchParams;
  expect(answer.get('state')).toBe(state);
  const discovery = JSON.parse((await dex.ask('/.well-known/openid-configuration')).body) as {
    issuer: string;
    jwks_uri: string;
  };
  const token = await dex.ask('/token', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from([client.id, client.secret].map(encodeURIComponent).join(':')).toString('base64')}`,
    },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: answer.get('code') ?? '',
      redirect_uri: client.redirectURI,
    }).toString(),
  });
  expect([token.status, token.body]).toEqual([200, expect.stringContaining('id_token') as unknown]);
  const issuerPath = new URL(discovery.issuer).pathname.replace(/\/$/, '');
  const keys = await dex.ask(new URL(discovery.jwks_uri).pathname.slice(issuerPath.length));
  const claims = verifiedClaims(
    (JSON.parse(token.body) as { id_token: string }).id_token,
    (JSON.parse(keys.body) as { keys: Parameters<typeof verifiedClaims>[1] }).keys,
  );
  expect(claims.nonce).toBe(nonce);
  expect(claims.iss).toBe(discovery.issuer);
  return claims;
}

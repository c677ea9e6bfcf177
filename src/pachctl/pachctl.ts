import { CORE_SCHEMA, load } from 'js-yaml';
import type { Code } from '../diagnostics/codes';
import { isMapping } from '../document/is-mapping';
import type { JsonValue } from '../document/source-node';
import { findPachctlRefusal } from './refusals';
import { runPachctl, type PachctlSettings } from './run-pachctl';

/** Something that pachctl did not do, as parts of a finding. */
export class PachctlProblem extends Error {
  constructor(
    readonly code: Code,
    /** What is wrong and what happens because of it. */
    message: string,
    readonly fix: string,
    /** Whether there is no use in asking for anything else. */
    readonly concernsAll: boolean,
    /** What pachctl said, as it is. */
    readonly said: string = '',
  ) {
    super(message);
  }
}

/** A connector as `pachctl idp list-connector` shows it. */
export interface ListedConnector {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

/** A connector as pachd has stored it. */
export interface StoredConnector extends ListedConnector {
  /** Missing where pachctl cannot show the connector, because it has no settings. */
  readonly version?: number;
  /** Secrets are in clear text. */
  readonly config: { readonly [key: string]: JsonValue };
}

/** The license as pachd sees it. */
export interface PachdLicense {
  /** `NONE`, `ACTIVE`, `EXPIRED`, `HEARTBEAT_FAILED` */
  readonly state: string;
  /** As pachctl prints it; missing without a license. */
  readonly expires?: string;
}

/** What `create-connector` and `update-connector` read; secrets are in clear text. */
export type ConnectorInput = Readonly<Record<string, unknown>>;

/** pachctl's commands about connectors. Each throws a {@link PachctlProblem}. */
export class Pachctl {
  constructor(private readonly settings: PachctlSettings) {}

  /** Name of the context that commands about identities go by. */
  context(): string {
    if (this.settings.context !== undefined) return this.settings.context;
    return this.#run(['config', 'get', 'active-enterprise-context']).trim();
  }

  /** The issuer that the cluster's Dex is told; undefined for those who may not ask. */
  issuer(): string | undefined {
    try {
      const issuer = mappingIn(this.#run(['idp', 'get-config']))?.['issuer'];
      return typeof issuer === 'string' && issuer !== '' ? issuer : undefined;
    } catch (error) {
      if (error instanceof PachctlProblem && error.code === 'CTL004') return undefined;
      throw error;
    }
  }

  /** Who pachctl is logged in as. */
  whoAmI(): string {
    const [, user] = /^You are "(.+)"$/m.exec(this.#run(['auth', 'whoami'])) ?? [];
    if (user === undefined) throw unreadable('auth whoami');
    return user;
  }

  license(): PachdLicense {
    const output = this.#run(['enterprise', 'get-state']);
    if (/^No Pachyderm Enterprise/m.test(output)) return { state: 'NONE' };
    const [, state] = /token state: (\S+)/.exec(output) ?? [];
    if (state === undefined) throw unreadable('enterprise get-state');
    const [, expires] = /^Expiration: (.+)$/m.exec(output) ?? [];
    return { state, ...(expires === undefined ? {} : { expires }) };
  }

  /** Roles on the cluster by subject, without those of pachd itself. */
  clusterBindings(): Record<string, readonly string[]> {
    const output = this.#run(['auth', 'get', 'cluster']);
    const entries = output
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line): [string, readonly string[]] => {
        const [, subject, roles] = /^(.+): \[([^\]]*)\]$/.exec(line) ?? [];
        if (subject === undefined || roles === undefined) throw unreadable('auth get cluster');
        return [subject, roles.split(' ').filter((role) => role !== '')];
      });
    return Object.fromEntries(entries.filter(([subject]) => !/^(pach|internal):/.test(subject)));
  }

  list(): ListedConnector[] {
    const output = this.#run(['idp', 'list-connector']);
    return output
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [, id = '', name = '', type = ''] = /^(.*?) - (.*) \(([^()]*)\)$/.exec(line) ?? [];
        if (id === '') throw unreadable('idp list-connector');
        return { id, name, type };
      });
  }

  /** A listed connector with its settings. */
  get(listed: ListedConnector): StoredConnector {
    let output: string;
    try {
      output = this.#run(['idp', 'get-connector', ...asArgument(listed.id)]);
    } catch (error) {
      // From 2.3 on pachctl shows no connector without settings.
      if (error instanceof PachctlProblem && /no configs are defined/.test(error.said))
        return { ...listed, config: {} };
      throw error;
    }
    const stored = new Map(
      Object.entries(mappingIn(output) ?? {}).map(([key, value]) => [key.toLowerCase(), value]),
    );
    const version = stored.get('version') ?? 0;
    const config = stored.get('config') ?? {};
    if (stored.get('id') !== listed.id || typeof version !== 'number' || !isMapping(config))
      throw unreadable('idp get-connector');
    return { ...listed, version, config };
  }

  create(connector: ConnectorInput): void {
    this.#run(['idp', 'create-connector', '--config', '-'], JSON.stringify(connector));
  }

  /** Replaces a connector; its version has to be the stored one raised by one. */
  update(connector: ConnectorInput, storedVersion: number | undefined): void {
    const run = (version: number): string =>
      this.#run(['idp', 'update-connector', '--config', '-'], JSON.stringify({ ...connector, version }));
    try {
      run((storedVersion ?? 0) + 1);
    } catch (error) {
      // What pachctl cannot show is told here.
      const [, expected] =
        (error instanceof PachctlProblem && /new config version is \S+, expected (\d+)/.exec(error.said)) ||
        [];
      if (storedVersion !== undefined || expected === undefined) throw error;
      run(Number(expected));
    }
  }

  delete(id: string): void {
    this.#run(['idp', 'delete-connector', ...asArgument(id)]);
  }

  #run(args: readonly string[], input?: string): string {
    const end = runPachctl(args, this.settings, input);
    const command = `pachctl ${args.slice(0, 2).join(' ')}`;
    switch (end.kind) {
      case 'done':
        return end.output;
      case 'missing':
        throw new PachctlProblem(
          'CTL001',
          `pachctl cannot be started (${end.reason}): pachkit asks pachd with it`,
          'install the pachctl of the release that runs, and put its folder on PATH',
          true,
        );
      case 'late':
        throw new PachctlProblem(
          'CTL002',
          `\`${command}\` has no answer after ${this.settings.timeout / 1000} s and was stopped`,
          'see that the cluster can be reached: pachkit doctor FILE; --timeout SECONDS waits longer',
          true,
        );
      case 'refused': {
        const found = findPachctlRefusal(end.said);
        const quote = found?.quote ?? lastLine(end.said);
        throw new PachctlProblem(
          found?.refusal.code ?? 'CTL008',
          `\`${command}\` answers \`${quote}\`: ${found?.refusal.cause ?? 'nothing is changed by it'}`,
          found?.refusal.fix ?? `run the command by hand: ${command}`,
          found?.refusal.concernsAll === true,
          end.said,
        );
      }
    }
  }
}

/** An id that begins with a dash is no flag. */
function asArgument(id: string): string[] {
  return id.startsWith('-') ? ['--', id] : [id];
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}

function unreadable(command: string): PachctlProblem {
  return new PachctlProblem(
    'CTL008',
    `The output of \`pachctl ${command}\` is of no known form: what is in the cluster cannot be told`,
    'see that the program on PATH is pachctl of a release from 2.2 on: pachctl version',
    true,
  );
}

function mappingIn(text: string): Readonly<Record<string, JsonValue>> | undefined {
  try {
    const value = load(text, { schema: CORE_SCHEMA }) as JsonValue;
    return isMapping(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

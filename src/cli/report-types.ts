import type { Code } from '../diagnostics/codes';
import type { Difference } from '../cluster/difference';
import type { MigrationReport } from '../helm-migration/report-text';
import type { JsonValue } from '../document/source-node';
import type { ComparedConnector } from '../pachctl/connectors';
import type { ClusterStatus } from '../cluster/status/status';
import type { PachdState } from '../pachctl/pachd-state';
import type { BaseOfRun } from '../pipeline/bases-of-run';
import type { Status } from '../doctor/hop';
import type { Arrow, Part } from '../graph/picture';
import type { Origins } from '../page/cluster-report';
import type { UpgradeAdvice } from '../upgrade/advice';
import type { Answer } from '../who/answer';
import type { Origin } from '../why/ask';
import type { BoundSubject, ClusterWho, Way } from '../who/who';
import type { ClientPage } from '../setup/client-page';
import type { SetupPage } from '../setup/page';
import type { Explained } from './explained';
import type { JsonDiagnostic } from './reporters/json';
import type { FetchedCertificate } from './fetch-certificate';
import type { RunEvent } from './run-event';
import type { Summary } from './summary';

/** What every command with `--format json` prints. */
interface Findings {
  readonly diagnostics: readonly JsonDiagnostic[];
}

/** What every command that takes several documents says of those that are no clusters. */
interface WithBases {
  /** Documents that are only the bases of others, with the files of those; missing without such. */
  readonly bases?: readonly BaseOfRun[];
}

/** `pachkit validate` */
interface ValidateReport extends Findings, WithBases {
  /** With --fix: what was fixed, by file. */
  readonly fixed?: readonly { readonly file: string; readonly fixes: readonly string[] }[];
  /** With --fix: programs with findings that would have been fixed in YAML. */
  readonly notFixed?: readonly string[];
  /** With --baseline: how many findings it has hidden. */
  readonly baseline?: { readonly file: string; readonly known: number };
}

/** `pachkit synth` */
interface SynthReport extends Findings, WithBases {
  readonly clusters: readonly Summary[];
}

/** `pachkit diff` */
interface DiffReport extends Findings {
  readonly differences: readonly Difference[];
}

/** How a cluster is, with what pachd says where it was asked. */
export type SeenStatus = ClusterStatus & { readonly pachd?: PachdState };

/** `pachkit status` */
interface StatusReport extends Findings {
  readonly clusters: readonly SeenStatus[];
}

/** Who one person becomes in a cluster. */
export interface NamedAnswer extends Answer {
  readonly name: string;
}

/** `pachkit who` */
interface WhoReport extends Findings {
  readonly clusters: readonly ClusterWho[] | readonly NamedAnswer[];
}

/** `pachkit setup` */
interface SetupReport extends Findings {
  readonly clusters: readonly {
    readonly name: string;
    /** What to set up at the provider of each connector. */
    readonly pages: readonly SetupPage[];
    /** What to enter in products that log people in through Dex. */
    readonly clients: readonly ClientPage[];
  }[];
}

/** A hop as programs read it: what was seen there besides differs from hop to hop. */
export interface JsonHop {
  readonly name: string;
  readonly status: Status;
  readonly seen: string;
  readonly code?: Code;
  readonly fix?: string;
  readonly [detail: string]: unknown;
}

/** All hops of a cluster as programs read them. */
export interface JsonExamination {
  readonly name: string;
  readonly sections: readonly {
    readonly name: string;
    readonly about: string;
    readonly hops: readonly JsonHop[];
  }[];
}

/** `pachkit doctor` */
interface DoctorReport extends Findings {
  readonly clusters: readonly JsonExamination[];
}

/** `pachkit connector` */
interface ConnectorReport extends Findings {
  readonly connectors: readonly ComparedConnector[];
  /** Ids of those that were applied or deleted. */
  readonly changed: readonly string[];
}

/** `pachkit secret` */
interface SecretReport extends Findings {
  /** Of list: every secret of the document. */
  readonly secrets?: readonly {
    /** Its key in the store. */
    readonly key: string;
    readonly field: string;
    /** Where it comes from, in words. */
    readonly source: string;
    /** Whether the store has it; missing for one that is not generated. */
    readonly isStored?: boolean;
  }[];
  /** Of list: keys of the store that are no longer in the document. */
  readonly unused?: readonly string[];
  /** Of wrap: the file that was written, and for how many keys. */
  readonly wrapped?: { readonly file: string; readonly count: number };
  /** Of certificate: what was fetched. */
  readonly certificate?: FetchedCertificate;
  /** Of store: the command for each entry; with --show its secrets are in it. */
  readonly entries?: readonly { readonly secret: string; readonly entry: string; readonly command: string }[];
  /** Of get: the secret. */
  readonly secret?: string;
  /** Of set and rotate: what was replaced. */
  readonly rotated?: readonly {
    readonly key: string;
    /** What stops working, for whom, and until when. */
    readonly breaks: string;
    /** What to do, in the order that keeps logins working. */
    readonly steps: readonly string[];
  }[];
}

/** `pachkit lock` */
interface LockReport extends Findings {
  readonly locks: readonly {
    /** The lock file. */
    readonly file: string;
    readonly images: readonly {
      readonly image: string;
      readonly digest?: string;
      /** `kept`: it is locked, and was not asked for; `unknown`: it is not locked, or could not be had. */
      readonly state: 'added' | 'changed' | 'kept' | 'same' | 'unknown';
    }[];
  }[];
}

/** `pachkit upgrade` */
interface UpgradeReport extends Findings {
  readonly upgrades: readonly Omit<UpgradeAdvice, 'findings'>[];
  /** With --write: what was changed in the document. */
  readonly written?: readonly string[];
}

/** `pachkit why` */
interface WhyReport extends Findings {
  readonly answers: readonly Origin[];
}

/** A part of a picture as programs read it, with the codes of what is wrong with it. */
export type JsonPart = Part & { readonly codes: readonly Code[] };

/** An arrow of a picture as programs read it, with the codes of what is wrong with it. */
export type JsonArrow = Arrow & { readonly codes: readonly Code[] };

/** `pachkit graph` */
interface GraphReport extends Findings {
  readonly pictures: readonly {
    readonly name: string;
    readonly parts: readonly JsonPart[];
    readonly arrows: readonly JsonArrow[];
  }[];
}

/** Something that goes from one part of a cluster to another, or to what is outside. */
export interface JsonCall extends Pick<Arrow, 'what' | 'address' | 'protocol' | 'lines' | 'isByBrowser'> {
  /** What the parts are called in the picture. */
  readonly from: string;
  readonly to: string;
  /** Codes of what is wrong with it. */
  readonly codes: readonly Code[];
  /** Why the URL is what it is; missing for other addresses, for documents with errors and in reports of many clusters. */
  readonly why?: Origins;
}

/** Everything that is known of a cluster. */
export interface JsonClusterReport {
  readonly name: string;
  /** The document, as the user named it. */
  readonly file: string;
  /** Missing, as are the profile and the namespace, where the document makes no cluster even as it was probably meant. */
  readonly release?: string;
  readonly profile?: string;
  readonly namespace?: string;
  /** Every URL and address, with who calls it. */
  readonly calls: readonly JsonCall[];
  /** Who can log in, as whom; missing where no one could log in with what the document says. */
  readonly ways?: readonly Way[];
  /** What limits that: unread Secrets, groups that pachd does not ask for. */
  readonly notes?: readonly string[];
  /** Missing when the document leaves the bindings of the cluster as they are. */
  readonly bindings?: readonly BoundSubject[];
  /** What to set up at the provider of each connector that nothing else sets up. */
  readonly setups: readonly SetupPage[];
  /** Programs that log people in through this Dex. */
  readonly clients: readonly {
    readonly id: string;
    readonly name: string;
    readonly redirectURIs: readonly string[];
  }[];
  /** Errors first, each at its line. */
  readonly findings: readonly JsonDiagnostic[];
  /** What synth writes; missing, as are folders and chart, for a document with errors. */
  readonly objects?: readonly { readonly kind: string; readonly names: readonly string[] }[];
  readonly folders?: readonly { readonly name: string; readonly description: string }[];
  /** What the official chart cannot say, or says in another way. */
  readonly chart?: MigrationReport['report'];
}

/** `pachkit report` */
interface ClustersReport extends Findings {
  readonly clusters: readonly JsonClusterReport[];
}

/** `pachkit import`; the findings alone when nothing could be made. */
interface ImportReport extends Findings, Partial<MigrationReport> {
  readonly document?: JsonValue;
  readonly text?: string;
}

/** `pachkit export`; the findings alone when nothing could be made. */
interface ExportReport extends Findings, Partial<MigrationReport> {
  readonly values?: JsonValue;
  readonly text?: string;
}

/** What is printed besides when pachkit itself fails. */
interface CrashReport extends Findings {
  readonly bug: string;
}

/** A finding at the end of the lines of a command that goes on for a while. */
type LineDiagnostic = Pick<JsonDiagnostic, 'code' | 'severity' | 'message' | 'path' | 'file' | 'hint'>;

/** A line of `pachkit deploy` and `destroy`, each of which is JSON. */
export type JsonLine =
  | Exclude<RunEvent, { type: 'checks' }>
  | ({ readonly type: 'checks' } & JsonExamination)
  | { readonly type: 'result'; readonly succeeded: boolean; readonly diagnostics: readonly LineDiagnostic[] };

/** `pachkit init` */
interface InitReport extends Findings {
  /** Files that were written, from the folder that pachkit runs in; none with --agents where AGENTS.md is current. */
  readonly written: readonly string[];
  /** What is in the document: what was asked for, and what follows from that. Missing with --agents, as is what comes after. */
  readonly choices?: {
    readonly name: string;
    readonly profile: string;
    readonly release: string;
    readonly provider: string;
    readonly access: string;
    readonly storage: string;
  };
  /** Variables of the environment that the document reads secrets from. */
  readonly variables?: readonly string[];
  /** Commands to go on with. */
  readonly next?: readonly string[];
}

/** `pachkit explain` */
interface ExplainReport extends Findings, Explained {}

/** What commands print with `--format json`, by command; the schema `report` is made of it. */
export interface Reports {
  readonly validate: ValidateReport;
  readonly synth: SynthReport;
  readonly diff: DiffReport;
  readonly status: StatusReport;
  readonly who: WhoReport;
  readonly setup: SetupReport;
  readonly doctor: DoctorReport;
  readonly connector: ConnectorReport;
  readonly secret: SecretReport;
  readonly lock: LockReport;
  readonly upgrade: UpgradeReport;
  readonly why: WhyReport;
  readonly graph: GraphReport;
  readonly report: ClustersReport;
  readonly import: ImportReport;
  readonly export: ExportReport;
  readonly init: InitReport;
  readonly explain: ExplainReport;
  readonly crash: CrashReport;
  readonly line: JsonLine;
}

/** What a command has to say besides its findings. */
export type DataOf<Name extends keyof Reports> = Omit<Reports[Name], 'diagnostics'>;

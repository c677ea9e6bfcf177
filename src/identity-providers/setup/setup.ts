import type { DocumentConnector } from '../../subjects/document-connectors';

/** What a cluster tells the people who set up a provider. */
export interface SetupPlace {
  readonly connector: DocumentConnector;
  /** Name of the cluster, which the application at the provider goes by. */
  readonly cluster: string;
  /** Where the provider sends browsers back to. */
  readonly callback: string;
  /** Dex's login page, as browsers reach it. */
  readonly loginPage: string;
  /** Whether groups are to come along. */
  readonly hasGroups: boolean;
}

/** Something to enter at a provider, by what it is called there. */
export type Entered = readonly [label: string, value: string];

/** Something that a provider shows and a document needs. */
export interface Returned {
  /** What the provider calls it. */
  readonly label: string;
  /** The setting of Dex that it becomes; missing where it is only a part of one. */
  readonly key?: string;
  /** The field of a connector that names the provider. @default key */
  readonly field?: string;
  /** Where the document needs it. @default everywhere */
  readonly isFor?: (place: SetupPlace) => boolean;
}

/** Commands of a provider's own program, for a POSIX shell. */
export interface SetupCommands {
  /** What they do, and what they need. */
  readonly about: string;
  readonly lines: readonly string[];
}

/** What has to be set up at a provider before people can log in through a connector. */
export interface Setup {
  /** What the provider calls itself. */
  readonly title: string;
  /** As what the cluster is registered there, on one line. */
  readonly application: string;
  /** What brings groups along; missing where nothing has to be set up for them. */
  groups?(connector: DocumentConnector): string;
  /** Whether the provider is told of the callback URL. @default true */
  readonly hasCallback?: false;
  entered(place: SetupPlace): readonly Entered[];
  /** Where to click, in the order in which it works. */
  steps(place: SetupPlace): readonly string[];
  readonly returned: readonly Returned[];
  /** The same with the provider's own program. */
  commands?(place: SetupPlace): SetupCommands;
  /** Commands that show what Dex will see. */
  look?(place: SetupPlace): SetupCommands | undefined;
  /** Commands that show the groups that Dex will see, for connectors with groups. */
  lookAtGroups?(place: SetupPlace): SetupCommands;
}

/** The client, as most providers call its parts. */
export const CLIENT: readonly Returned[] = [
  { label: 'Client ID', key: 'clientID' },
  { label: 'Client secret', key: 'clientSecret' },
];

/** What an application is called that people see at a provider. */
export function applicationName({ cluster }: SetupPlace): string {
  return `Pachyderm ${cluster}`;
}

/** Items that are there only when groups are to come along. */
export function forGroups<T>({ hasGroups }: SetupPlace, ...items: readonly T[]): readonly T[] {
  return hasGroups ? items : [];
}

import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { examples, type SuiteDocument } from '../cluster-apply/documents';
import { planted, printed, workplace, type Workplace } from '../deploy/program';
import { provideVolumes } from '../deploy/volumes';
import {
  describeWithTools,
  freePort,
  nodeTools,
  startKubernetes,
  type Finished,
  type KubernetesServer,
} from '../harness';
import { standIn } from './stand-in';

/** A document of the examples, by its name. */
const exampleOf = (name: string): SuiteDocument =>
  examples.find((each) => each.name === name) as SuiteDocument;

/** What `pachkit lock` prints, as far as it is read here. */
interface LockReport {
  readonly locks: readonly [{ readonly images: readonly { readonly image: string }[] }];
}

type Variables = Readonly<Record<string, string>>;

/** What tests of `pachkit dev` do. */
export interface DevSuite {
  /** Writes the quickstart as the document of a cluster of this name, whose URLs have a port that is free. */
  write(name: string, over?: object): Promise<{ file: string; port: number }>;
  /** Writes a document of the examples as it is; returns its file. */
  writeExample(name: string): string;
  /** Runs `pachkit dev ACTION FILE`. */
  dev(action: string, file: string, more?: readonly string[], variables?: Variables): Promise<Finished>;
  /** Runs pachkit. */
  pachkit(args: readonly string[]): Promise<Finished>;
  /** The images that a document needs, as `pachkit lock` names them. */
  imagesOf(file: string): Promise<readonly string[]>;
  /** A PATH with stand-ins for these programs, which make clusters, before others. */
  withTools(...names: string[]): { PATH: string };
  /** A PATH with a stand-in for a program before what is on another one. */
  withStandIn(source: string, name: string, before: string): string;
  /** The path of a name in the folder of the documents. */
  inFolder(...names: string[]): string;
  /** What stand-ins were called with since the suite began, the name of the program first. */
  calls(): readonly (readonly string[])[];
  /** The path of what stand-ins keep under an ending. */
  kept(ending: string): string;
  kubectl: KubernetesServer['kubectl'];
  /** Makes the volumes that one cluster claims. */
  provideVolumes(): Promise<void>;
}

/** Calls that a stand-in has recorded, the name of the program first. */
export const callsIn = (record: string): readonly (readonly string[])[] =>
  existsSync(record)
    ? readFileSync(record, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as string[])
    : [];

/** A suite about `pachkit dev`, on a cluster whose nodes kwok plays; tools that make clusters are stand-ins. */
export function describeDev(title: string, tools: readonly string[], body: (suite: DevSuite) => void): void {
  describeWithTools(title, [...nodeTools, ...tools], () => {
    let kubernetes: KubernetesServer;
    let place: Workplace;
    let environment: Variables;
    beforeAll(async () => {
      kubernetes = await startKubernetes({ controllerManager: true, nodes: {} });
      place = workplace(kubernetes);
      environment = {
        RECORD: record(),
        PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`,
        KUBECONFIG: kubernetes.kubeconfigFile,
      };
    });

    const inFolder = (...names: string[]): string => path.join(place.folder, ...names);
    const record = (): string => inFolder('calls.jsonl');
    const pachkit: DevSuite['pachkit'] = (args) => place.pachkit(args, environment);
    const withStandIns = (source: string, names: readonly string[], before: string): string => {
      const folder = inFolder(`bin-${names.join('-')}`);
      standIn(folder, source, names);
      return `${folder}:${before}`;
    };

    body({
      async write(name, over = {}) {
        const port = await freePort();
        const document = { ...exampleOf('quickstart-2-12-0-rc-3'), name };
        const changes = { access: { port }, namespace: name, ...over };
        return { file: place.write(document, changes, `${name}.json`), port };
      },
      writeExample: (name) => place.write(exampleOf(name), {}, 'example.json'),
      dev(action, file, more = [], variables = {}) {
        const limits = action === 'up' || action === 'reset' ? ['--no-verify', '--timeout', '120'] : [];
        return place.pachkit(['dev', action, file, ...limits, ...more], { ...environment, ...variables });
      },
      pachkit,
      async imagesOf(file) {
        const { output } = await pachkit(['lock', file, '--check', '--format', 'json']);
        const [{ images }] = (JSON.parse(output) as LockReport).locks;
        return images.map(({ image }) => image);
      },
      withTools: (...names) => ({
        PATH: withStandIns('cluster-tool.cjs', names, String(environment['PATH'])),
      }),
      withStandIn: (source, name, before) => withStandIns(source, [name], before),
      inFolder,
      calls: () => callsIn(record()),
      kept: (ending) => `${record()}.${ending}`,
      kubectl: (args, input) => kubernetes.kubectl(args, input),
      provideVolumes: () => provideVolumes(kubernetes),
    });

    test('no secret was printed', () => {
      for (const secret of Object.values(planted)) expect(printed.join('\n')).not.toContain(secret);
    });
  });
}

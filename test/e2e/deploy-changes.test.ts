import { setTimeout as sleep } from 'node:timers/promises';
import * as path from 'node:path';
import { examples, type SuiteDocument } from './cluster-apply/documents';
import { Chance } from '../support/chance';
import { changedLeaves } from './deploy/leaves';
import { merge, planted, printed, workplace, type Over, type Workplace } from './deploy/program';
import { randomOver } from './deploy/random-documents';
import {
  describeWithTools,
  controllerManagerTools,
  startKubernetes,
  startProcess,
  type KubernetesServer,
} from './harness';

const PAIRS = Number(process.env['PACHKIT_E2E_PAIRS'] ?? 25);
const KILLS = Number(process.env['PACHKIT_E2E_DEPLOY_KILLS'] ?? 20);
const SEED = Number(process.env['PACHKIT_CAMPAIGN_SEED'] ?? 12);

const quickstart = examples.find(({ name }) => name === 'quickstart-2-12-0-rc-3') as SuiteDocument;
const program = path.resolve(__dirname, '../../dist/bin/pachkit.js');

interface LiveObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

interface Change {
  readonly action: string;
  readonly kind: string;
  readonly name: string;
  readonly fields: readonly { readonly path: string }[];
}

const KINDS =
  'secrets,configmaps,services,serviceaccounts,roles,rolebindings,deployments,statefulsets,ingresses';

describeWithTools('pachkit deploy, many times', controllerManagerTools, () => {
  let kubernetes: KubernetesServer;
  let place: Workplace;
  beforeAll(async () => {
    kubernetes = await startKubernetes({ controllerManager: true });
    place = workplace(kubernetes);
  });

  const write = (name: string, parts: readonly Over[]): string =>
    place.write({ ...quickstart, name }, parts.reduce(merge, {}), `${name}.json`);

  /** Everything in a namespace that deploys may have made, by kind and name. */
  async function live(namespace: string): Promise<ReadonlyMap<string, LiveObject>> {
    const answer = await kubernetes.kubectl(['get', KINDS, '--namespace', namespace, '-o', 'json']);
    const { items } = JSON.parse(answer.standardOutput) as { items: LiveObject[] };
    return new Map(
      items
        .filter(
          ({ metadata: { name } }) => !['kube-root-ca.crt', 'default', `pachkit-${namespace}`].includes(name),
        )
        .map((object) => [`${object.kind}/${object.metadata.name}`, object]),
    );
  }

  const deploy = (file: string) => place.pachkit(['deploy', file, '--yes', '--no-wait', '--force-conflicts']);

  test(
    `what diff shows is what applying does: ${PAIRS} pairs of documents`,
    async () => {
      const chance = new Chance(SEED);
      const file = write('pairs', []);
      expect((await deploy(file)).code).toBe(0);
      let before = await live('pairs');
      for (let pair = 0; pair < PAIRS; pair++) {
        const parts = randomOver(chance);
        write('pairs', parts);
        const shown = await place.pachkit(['diff', file, '--format', 'json']);
        const report = JSON.parse(shown.standardOutput) as {
          differences: { changes: Change[] }[];
          diagnostics: object[];
        };
        expect({
          pair,
          parts,
          diagnostics: report.diagnostics.filter((each) => 'severity' in each && each.severity === 'error'),
        }).toEqual({
          pair,
          parts,
          diagnostics: [],
        });
        const applied = await deploy(file);
        expect({ pair, output: applied.code === 0 ? '' : applied.output }).toEqual({ pair, output: '' });
        const after = await live('pairs');
        expect({ pair, ...outcome(before, after) }).toEqual({
          pair,
          ...announced(report.differences[0]?.changes ?? [], before, after),
        });
        before = after;
      }
    },
    600_000 + PAIRS * 5000,
  );

  test(
    `killed at ${KILLS} moments, the next deploy goes on: nothing is lost, nothing is left`,
    async () => {
      const chance = new Chance(SEED + 1);
      // Moments are spread over a whole deploy, however fast the machine is.
      const began = Date.now();
      expect(await deploy(write('killed', randomOver(chance)))).toMatchObject({ code: 0 });
      const whole = Date.now() - began;
      let interrupted = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        const file = write('killed', randomOver(chance));
        const running = startProcess({
          name: 'pachkit',
          program: process.execPath,
          args: [program, 'deploy', file, '--yes', '--no-wait', '--force-conflicts'],
          environment: { NO_COLOR: '1', CI: '', KUBECONFIG: kubernetes.kubeconfigFile, ...planted },
          workingDirectory: place.folder,
        });
        await sleep(chance.fraction() * whole);
        if (running.ended() === undefined) {
          interrupted++;
          process.kill(-running.processId, 'SIGKILL');
        }
        await running.exited;
        await running.stop();
        printed.push(running.logs());
        if (chance.fraction() < 0.3) write('killed', randomOver(chance));
        const next = await deploy(file);
        expect({ kill, output: next.code === 0 ? '' : next.output }).toEqual({ kill, output: '' });
        const shown = await place.pachkit(['diff', file]);
        expect({ kill, code: shown.code, output: shown.code === 0 ? '' : shown.output }).toEqual({
          kill,
          code: 0,
          output: '',
        });
      }
      expect(interrupted).toBeGreaterThan(KILLS / 3);
      const destroyed = await place.pachkit(['destroy', 'killed.json', '--yes', '--with-data']);
      expect(destroyed.code).toBe(0);
      expect([...(await live('killed')).keys()]).toEqual([]);
    },
    600_000 + KILLS * 8000,
  );

  test('no secret was printed', () => {
    expect(printed.length).toBeGreaterThanOrEqual(PAIRS + KILLS);
    const all = printed.join('\n');
    for (const secret of Object.values(planted)) expect(all).not.toContain(secret);
    expect(all).not.toMatch(/planted-/);
  });
});

/** What has happened to objects, and to which fields. */
type Outcome = Readonly<Record<'created' | 'deleted' | 'changed', readonly string[]>>;

function outcome(before: ReadonlyMap<string, LiveObject>, after: ReadonlyMap<string, LiveObject>): Outcome {
  return {
    created: [...after.keys()].filter((key) => !before.has(key)).sort(),
    deleted: [...before.keys()].filter((key) => !after.has(key)).sort(),
    changed: [...after.keys()]
      .filter((key) => before.has(key))
      .flatMap((key) => changedLeaves(before.get(key), after.get(key)).map((leaf) => `${key} ${leaf}`))
      .sort(),
  };
}

/** What was announced, with each field as the leaves of it that have changed, or itself where none has. */
function announced(
  changes: readonly Change[],
  before: ReadonlyMap<string, LiveObject>,
  after: ReadonlyMap<string, LiveObject>,
): Outcome {
  const named = (action: string): string[] =>
    changes.filter((change) => change.action === action).map(({ kind, name }) => `${kind}/${name}`);
  const changed = changes
    .filter(({ action }) => action === 'update' || action === 'replace')
    .flatMap(({ kind, name, fields }) => {
      const key = `${kind}/${name}`;
      const leaves = changedLeaves(before.get(key), after.get(key));
      return fields.flatMap(({ path: field }) => {
        if (field.endsWith('[order]')) return [];
        const inside = leaves.filter(
          (leaf) => leaf === field || leaf.startsWith(`${field}.`) || leaf.startsWith(`${field}[`),
        );
        return (inside.length === 0 ? [field] : inside).map((leaf) => `${key} ${leaf}`);
      });
    });
  return { created: named('create').sort(), deleted: named('delete').sort(), changed: changed.sort() };
}

// charts/: the examples as Helm charts, as `pachkit synth --only helm` writes them. An example that reads secrets of its own has a
// document in charts/ that leaves Secrets out.
import fs from 'node:fs';
import path from 'node:path';
import { loadSources } from '../support/load-sources.mjs';

const FOLDER = 'charts';

export async function generate(root) {
  const { fileInput, outputsNamed, planFiles, readRegularFile } = await load(root);
  // Secrets follow from a seed or are left out: one that is anywhere else is an error here.
  const secrets = { variable: () => undefined, readFile: readRegularFile, frozen: true };
  const files = {};
  for (const example of fs.readdirSync(path.join(root, 'examples')).sort()) {
    const document = [
      `${FOLDER}/${example}.yaml`,
      `examples/${example}/pachyderm.yaml`,
      `examples/${example}/pachyderm.ts`,
    ].find((file) => fs.existsSync(path.join(root, file)));
    if (document === undefined) continue;
    const plan = await planFiles([document], fileInput(root), secrets, outputsNamed('helm'));
    const [finding] = plan.diagnostics.filter(({ severity }) => severity === 'error');
    if (finding !== undefined) throw new Error(`${document}: ${finding.code} ${finding.message}`);
    for (const cluster of plan.clusters)
      for (const file of cluster.files)
        if (file.path.startsWith('helm/'))
          files[`${FOLDER}/${example}/${file.path.slice('helm/'.length)}`] = file.content;
  }
  return files;
}

async function load(root) {
  return loadSources(
    root,
    [
      "export { fileInput } from './src/document/input';",
      "export { readRegularFile } from './src/files/read-file';",
      "export { outputsNamed } from './src/outputs/registry';",
      "export { planFiles } from './src/plan/plan';",
    ].join('\n'),
  );
}

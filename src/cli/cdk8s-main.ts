import fs from 'node:fs';
import path from 'node:path';
import { App } from 'cdk8s';
import { PachydermChart } from '../constructs/pachyderm-chart';
import { loadClusters } from '../plan/load-clusters';
import { reportFindings } from './app-findings';
import { documentInput, processHost, secretInput } from './host';

/** The document that is read when PACHKIT_DOCUMENT names none. */
const DEFAULT_DOCUMENT = path.join('examples', 'quickstart', 'pachyderm.yaml');

/** The application behind cdk8s.yaml: one chart for each cluster of the document, where the cdk8s CLI wants it. */
function main(): void {
  const host = processHost();
  const { environment } = host;
  const { clusters, diagnostics } = loadClusters(
    [environment['PACHKIT_DOCUMENT'] ?? DEFAULT_DOCUMENT],
    documentInput(host),
    secretInput(host),
  );
  if (!reportFindings(host, diagnostics)) return;
  const app = new App();
  for (const { cluster } of clusters) new PachydermChart(app, cluster.name, cluster);
  app.synth();
  for (const name of fs.readdirSync(app.outdir))
    if (name.endsWith('.yaml')) fs.chmodSync(path.join(app.outdir, name), 0o600);
}

main();

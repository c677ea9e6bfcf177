import type { Cluster } from '../model/cluster';
import { Auth0Stack } from './auth0-stack';
import { App } from './cdktf';

/**
 * The cdktf application behind cdktf.json: one stack for each cluster with an `auth0` section, written to
 * `<outdir>/stacks/<name>/cdk.tf.json`, where the cdktf CLI looks for it. Returns the names of the stacks. The stacks are
 * those of `synthesizeTerraform`, with cdktf's metadata.
 */
export function writeCdktfApp(clusters: readonly Cluster[], outdir: string): string[] {
  // With stack traces the metadata would name paths of this machine.
  const app = new App({ outdir, stackTraces: false });
  const names: string[] = [];
  for (const { name, auth0 } of clusters) {
    if (!auth0 || auth0.application.provision === 'none') continue;
    new Auth0Stack(app, name, { auth0, clusterName: name });
    names.push(name);
  }
  app.synth();
  return names;
}

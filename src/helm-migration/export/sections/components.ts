import type { ExportContext } from '../export-context';
import type { ExportSection } from '../section';

/** Parts that run because the document has their section, and what the chart installs unless it is told not to. */
export const components: ExportSection = {
  restore(context) {
    const { cluster } = context;
    if (cluster.enterpriseServer) {
      context.set('enterpriseServer.enabled', true);
      context.set('pachd.enabled', false);
      sayPresence(context, 'enterpriseServer', 'enterpriseServer.enabled');
      context.say('console.enabled', 'carried', { field: 'console.enabled' });
    }
    context.set('console.enabled', cluster.console.enabled);
    switchOn(context, 'preflightJob', 'preflightCheckJob.enabled', cluster.preflightJob !== undefined);
    switchOn(context, 'restoreSnapshot', 'restoreSnapshot.enabled', cluster.restoreSnapshot !== undefined);
    switchOn(
      context,
      'pachd.externalService',
      'pachd.externalService.enabled',
      cluster.pachd.externalService !== undefined && !cluster.enterpriseServer,
    );
    // No document says them.
    context.set('pachd.lokiDeploy', false);
    context.set('kubeEventTail.enabled', false);
    restoreSecurityContexts(context);
  },
};

function switchOn(context: ExportContext, field: string, path: string, isOn: boolean): void {
  if (!isOn) return;
  context.set(path, true);
  sayPresence(context, field, path);
}

/** A section that has nothing in it says that the part is there. */
function sayPresence(context: ExportContext, field: string, path: string): void {
  const value = context.get(field);
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
    context.say(field, 'carried', { field: path });
}

/** 2.2 has a switch for pachd and one for etcd. */
function restoreSecurityContexts(context: ExportContext): void {
  const { cluster, release } = context;
  if (release.hasContainerSecurityContexts) return;
  for (const path of ['pachd.securityContext.enabled', 'etcd.securityContext.enabled'])
    context.set(path, cluster.securityContexts);
  context.say('securityContexts', 'carried', { field: 'pachd.securityContext.enabled' });
}

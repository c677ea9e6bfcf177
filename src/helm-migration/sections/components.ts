import { isMapping } from '../../document/is-mapping';
import type { ImportContext } from '../context';
import type { Section } from '../row';

/** Parts that are in a document when it has their section: the Jobs, the second Service of pachd, the enterprise server. */
export const components: Section = {
  carry(context) {
    carryTopology(context);
    carryPart(context, 'preflightCheckJob.enabled', 'preflightJob', context.release.hasPreflightJob);
    carryPart(context, 'restoreSnapshot.enabled', 'restoreSnapshot', context.release.hasSnapshots);
    carryPart(context, 'pachd.externalService.enabled', 'pachd.externalService', !context.isEnterpriseServer);
  },
};

/** pachd, or an enterprise server; a release that has both, or neither, is no cluster that a document can describe. */
function carryTopology(context: ImportContext): void {
  const { values, release, isEnterpriseServer } = context;
  const hasPachd = values.isTrue('pachd.enabled');
  if (isEnterpriseServer) {
    carryPart(context, 'enterpriseServer.enabled', 'enterpriseServer', true);
    context.say('pachd.enabled', 'carried', { field: 'enterpriseServer' });
    // An enterprise server of a document has no Console unless it says so.
    if (values.isTrue('console.enabled')) context.set('console.enabled', true);
    else context.remove('console.enabled');
    const type = values.text('enterpriseServer.service.type');
    if (type === '' || type === 'ClusterIP') context.say('enterpriseServer.service.type', 'default');
    else {
      context.set('enterpriseServer.service.type', type);
      context.say('enterpriseServer.service.type', 'carried', { field: 'enterpriseServer.service.type' });
    }
    return;
  }
  context.say('pachd.enabled', hasPachd ? 'default' : 'not-carried', {
    message: 'without pachd and without an enterprise server nothing is left that a document describes',
  });
  if (!release.needsLicense) return;
  const hasServer = values.isTrue('enterpriseServer.enabled');
  context.say('enterpriseServer.enabled', hasServer ? 'not-carried' : 'default', {
    message:
      'pachd and an enterprise server in one namespace are two documents, and from 2.3.5 on the chart refuses it',
  });
  context.say('enterpriseServer.service.type', hasServer ? 'not-carried' : 'default', {
    message: 'the enterprise server is not carried',
  });
}

function carryPart(context: ImportContext, path: string, field: string, isThere: boolean): void {
  if (!context.values.isTrue(path)) return context.say(path, 'default');
  if (!isThere) return;
  if (!isMapping(context.get(field))) context.set(field, {});
  context.say(path, 'carried', { field });
}

import { BOOTSTRAP_CONFIG_SECRET, CONFIG_JOB_PREFIX, PLACES } from '../../model/secret-places';
import { valueAt, type KubernetesObject, type Mapping } from '../api/objects';
import type { Settings } from '../meaning/settings';
import { progressOf } from '../wait/workloads';

/** Whether authentication is activated, as far as the objects of a cluster say. */
export interface Activation {
  readonly state: string;
  readonly text: string;
  readonly todo?: string;
}

/** Names of the Deployments that may be pachd. */
const PROGRAMS = ['Deployment/pachd', 'Deployment/pach-enterprise'];

/** Whether a Deployment activates authentication when it starts. */
export function activatesItself(deployment: KubernetesObject | undefined): boolean {
  const containers = valueAt(deployment, 'spec', 'template', 'spec', 'containers');
  return (Array.isArray(containers) ? (containers as Mapping[]) : []).some((container) => {
    const variables = container['env'];
    return (Array.isArray(variables) ? (variables as Mapping[]) : []).some(
      ({ name, value }) => name === 'ACTIVATE_AUTH' && value === 'true',
    );
  });
}

/**
 * The state of a cluster without a failure in its logs. What was done by hand is known to pachd alone, which tells it to those
 * who have a token.
 */
export function activationOf(settings: Settings, live: Iterable<KubernetesObject>): Activation {
  const pachd = PROGRAMS.map((name) => settings.change(name)).find((change) => change?.before !== undefined);
  if (pachd === undefined) return { state: 'not installed', text: 'pachd is not there' };
  if (activatesItself(pachd.before)) {
    const progress = progressOf(pachd.before as KubernetesObject);
    return progress?.isReady === true
      ? {
          state: 'activated',
          text: 'pachd activates authentication from its environment at every start, and runs',
        }
      : {
          state: 'starting',
          text: 'pachd activates authentication from its environment, and is not ready yet',
        };
  }
  if (settings.change(`Secret/${BOOTSTRAP_CONFIG_SECRET}`)?.before !== undefined) return byJob(live);
  const wants = settings.text(PLACES.authConfig).after !== undefined;
  return {
    state: 'not by the environment',
    text: 'pachd starts without authentication in its environment: it is off, or it was activated by hand and stays on',
    todo: wants
      ? 'pachctl auth whoami tells which; a deploy activates it, with root token, connectors, clients and role bindings of the document in place of those that are there'
      : 'pachctl auth whoami tells which; pachctl auth deactivate switches it off',
  };
}

/** Up to 2.2 a Job activates authentication, once. */
function byJob(live: Iterable<KubernetesObject>): Activation {
  const jobs = [...live].filter(
    ({ kind, metadata }) => kind === 'Job' && metadata.name.startsWith(CONFIG_JOB_PREFIX),
  );
  const states = jobs.map((job) => progressOf(job));
  if (states.some((state) => state?.isReady))
    return { state: 'activated', text: 'the config Job has activated authentication' };
  if (states.some((state) => state?.failure !== undefined))
    return {
      state: 'half activated',
      text: 'the config Job failed: some of license, root token, clients and role bindings are set',
      todo: 'read kubectl logs of the Job, fix what it names, delete the Job and deploy again',
    };
  return {
    state: 'not activated',
    text: jobs.length === 0 ? 'the config Job has not been made' : 'the config Job runs',
  };
}

/** What a license key says about itself. */
export interface License {
  /** ISO 8601. */
  readonly expires: string;
  readonly isExpired: boolean;
}

/** When a license key ends: it is base64 of JSON with a token, which is JSON with the time. */
export function licenseOf(key: string | undefined, now: Date): License | undefined {
  if (key === undefined) return undefined;
  try {
    const code = JSON.parse(Buffer.from(key, 'base64').toString('utf8')) as { token?: string };
    const { expiry } = JSON.parse(code.token ?? '') as { expiry?: string };
    const expires = new Date(expiry ?? '');
    return { expires: expires.toISOString(), isExpired: expires <= now };
  } catch {
    return undefined;
  }
}

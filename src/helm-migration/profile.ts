import type { Diagnostic } from '../diagnostics/diagnostic';
import { isPrivateHost, isLoopbackHost } from '../model/url-text';
import { checkDocument } from '../pipeline/check-document';
import { profileRules } from '../rules/profile';
import { allRules } from '../rules/registry';
import { reachedHost } from '../subjects/cluster-reach';
import type { ImportContext } from './context';
import { documentOf } from './draft-document';

/**
 * Chooses the profile. A cluster that runs counts as production, which is the default, and all rules hold for its document. What
 * must never be in production needs profile dev, or pachkit makes no manifests for a cluster that runs as it is; the reason
 * stands beside it.
 *
 * @param isSound - whether the document is known to have the form of one
 * @returns why the document is not for production although others reach the cluster; undefined where that is no matter
 */
export function chooseProfile(context: ImportContext, isSound: boolean): Diagnostic | undefined {
  const { secrets, devReasons } = context;
  const { errors, host } = asProduction(context, isSound);
  const reasons = [
    ...new Set([
      ...devReasons,
      ...(secrets.plainFields.length > 0 ? ['secrets are in plain text'] : []),
      ...errors.flatMap(({ code }) => reasonOf(code) ?? []),
    ]),
  ];
  if (reasons.length === 0) return undefined;
  context.set('profile', 'dev');
  context.comment('profile', `Not production, because ${reasons.join('; ')}.`);
  return host === undefined ? undefined : onPublicHost(context.values.root.source.name, host, reasons);
}

interface AsProduction {
  /** What holds for production alone. */
  readonly errors: readonly Diagnostic[];
  /** The host at which others reach the cluster too. */
  readonly host?: string;
}

function asProduction(context: ImportContext, isSound: boolean): AsProduction {
  const { cluster, diagnostics } = checkDocument(documentOf(context.document), { isSound });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const host = cluster && reachedHost(cluster);
  const isPublic = host !== undefined && !isLoopbackHost(host) && !isPrivateHost(host);
  const rest = errors.length === 0 ? new Set() : codesAsDev(context, isSound);
  return { errors: errors.filter(({ code }) => !rest.has(code)), ...(isPublic ? { host } : {}) };
}

function codesAsDev({ document }: ImportContext, isSound: boolean): ReadonlySet<string> {
  const { diagnostics } = checkDocument(documentOf({ ...document, profile: 'dev' }), { isSound });
  return new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code));
}

function reasonOf(code: Diagnostic['code']): string | undefined {
  // What the rules about profiles say, the sections of an import say themselves, with what the chart has to do with it.
  if (profileRules.some((rule) => rule.code === code)) return undefined;
  const title = allRules().find((rule) => rule.code === code)?.title;
  return title === undefined
    ? undefined
    : `${code} (${title.charAt(0).toLowerCase()}${title.slice(1)}) is an error there`;
}

function onPublicHost(file: string, host: string, reasons: readonly string[]): Diagnostic {
  return {
    code: 'IMP013',
    severity: 'warning',
    message: `The document has profile: dev, because ${reasons.join('; ')}; but others reach the cluster at ${host} too`,
    location: { file },
    path: '',
    hint: 'put that right, then remove profile: dev, so that the rules of production hold',
  };
}

import type { PathStep } from '../../document/source-node';
import type { Finding, Rule, RuleContext } from '../rule';

export const unusedBesideServer: Rule = {
  code: 'ENT003',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'Section that an enterprise server does not use',
  reason:
    'An enterprise server stores no data and runs no pipelines. pachd, pachw, the storage and what collects their logs are not written, and Console has no pachd to show.',
  remedy: 'Remove the sections; those of the members are in the documents of the members.',
  *check(context) {
    if (!context.cluster.enterpriseServer) return;
    yield* unused(context);
    if (context.document.console?.enabled === true)
      yield {
        path: ['console', 'enabled'],
        message:
          'Console looks for pachd-peer, which an enterprise server does not have, and shows nothing (`14 UNAVAILABLE: Name resolution failed`)',
        hint: 'remove the line: Console belongs to the members',
      };
  },
};

function* unused({ document }: RuleContext): Iterable<Finding> {
  const { configJob, ...pachd } = document.pachd ?? {};
  const paths: readonly (readonly PathStep[])[] = [
    ...(document.storage ? [['storage']] : []),
    // The Job that bootstraps releases to 2.2 is there for the server too.
    ...(configJob === undefined
      ? document.pachd
        ? [['pachd']]
        : []
      : Object.keys(pachd).map((field) => ['pachd', field])),
    ...(document.pachw ? [['pachw']] : []),
    ...(document.loki ? [['loki']] : []),
  ];
  for (const path of paths)
    yield {
      path,
      onKey: true,
      message: `${path.join('.')} has no effect: an enterprise server stores no data and runs no pipelines`,
      hint: 'remove the section',
    };
}

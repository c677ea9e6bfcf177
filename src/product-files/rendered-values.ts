import { nodeAt, type JsonValue, type SourceNode } from '../document/source-node';
import { chartFact, defaultOf, isInChart, isUnusable } from '../helm-values/facts';
import { isInRange, type ReleaseVersion } from '../releases/release';
import { RELEASE_FLAGS } from '../releases/release-traits';

/** Values as the templates of a release see them: what was set, and the chart's own value for everything else. */
export class Rendered {
  constructor(
    readonly root: SourceNode,
    readonly release: ReleaseVersion,
  ) {}

  get(path: string): JsonValue | undefined {
    const steps = path.split('.');
    const node = nodeAt(this.root, steps);
    if (node) return node.scalar ?? undefined;
    if (steps.some((_, index) => nodeAt(this.root, steps.slice(0, index))?.scalar === null)) return undefined;
    const fact = chartFact(path);
    return fact && defaultOf(fact, this.release);
  }

  /** Whether a template takes it for true. */
  is(path: string): boolean {
    const value = this.get(path);
    return value !== undefined && value !== false && value !== '' && value !== 0;
  }

  /** Whether a value was set, to nothing included. */
  isSet(path: string): boolean {
    return nodeAt(this.root, path.split('.')) !== undefined;
  }

  /** Whether the chart of the release may have a value: it has, or what stands there is not in the table. */
  mayHave(path: string): boolean {
    const fact = chartFact(path);
    return !fact || isInChart(fact, this.release);
  }

  /** Whether what the templates of the release make of a value is refused. */
  isUnusable(path: string): boolean {
    const fact = chartFact(path);
    return fact !== undefined && isUnusable(fact, this.release);
  }

  get hasPachd(): boolean {
    return this.is('pachd.enabled');
  }

  /** Where data is kept: AMAZON, GOOGLE, MICROSOFT, LOCAL, or '' while nothing says it. */
  get backend(): string {
    const path = this.is('pachd.storage.backend') ? 'pachd.storage.backend' : 'deployTarget';
    const value = this.get(path);
    return typeof value === 'string' ? value : '';
  }

  get isMember(): boolean {
    return (
      isInRange(this.release, RELEASE_FLAGS.needsLicense) &&
      this.hasPachd &&
      this.is('pachd.activateEnterpriseMember')
    );
  }

  /** Whether there is a license, or a Secret of one is named. */
  get hasLicense(): boolean {
    return this.is('pachd.enterpriseLicenseKey') || this.is('pachd.enterpriseLicenseKeySecretName');
  }

  /** Whether the templates of authentication are rendered. */
  get hasAuth(): boolean {
    const isLicensed =
      !isInRange(this.release, RELEASE_FLAGS.needsLicense) || this.hasLicense || this.isMember;
    return this.hasPachd && isLicensed && this.is('pachd.activateAuth');
  }

  /** Whether people can log in: through a connector, a Secret with some, or the chart's own. What is no list has another finding. */
  get hasConnectors(): boolean {
    const list = nodeAt(this.root, ['oidc', 'upstreamIDPs']);
    return (
      this.is('oidc.mockIDP') ||
      this.is('oidc.upstreamIDPsSecretName') ||
      (list !== undefined && list.scalar !== null && list.items?.length !== 0)
    );
  }
}

import { pickByRelease, type ReleaseVersion } from './release';

/** Images by component, without registry. */
export interface ReleaseImages {
  readonly pachd: string;
  readonly worker: string;
  readonly console: string;
  readonly etcd: string;
  readonly pgBouncer: string;
  readonly postgres: string;
  readonly envoy: string;
  readonly configPod: string;
  /** With its registry, which the official chart does not replace. */
  readonly cloudSqlProxy: string;
}

/** The images of a release. */
export function imagesOf(version: ReleaseVersion): ReleaseImages {
  return {
    pachd: `pachyderm/pachd:${version.text}`,
    worker: `pachyderm/worker:${version.text}`,
    // Console was released on its own until 2.8; the charts of those releases pin its tag to the first build for them.
    console: pickByRelease(version, [
      { value: `pachyderm/haberdashery:${version.text}-1` },
      { since: '2.9', value: `pachyderm/haberdashery:${version.text}` },
    ]),
    etcd: pickByRelease(version, [
      { value: 'pachyderm/etcd:v3.5.1' },
      { since: '2.3', value: 'pachyderm/etcd:v3.5.5' },
      { since: '2.10', value: 'pachyderm/etcd:v3.5.12' },
    ]),
    pgBouncer: pickByRelease(version, [
      { value: 'bitnami/pgbouncer:1.16.1-debian-10-r82' },
      { since: '2.3', value: 'pachyderm/pgbouncer:1.16.2' },
    ]),
    postgres: pickByRelease(version, [
      { value: 'bitnami/postgresql:13.3.0' },
      { since: '2.3', value: 'pachyderm/postgresql:13.3.0' },
    ]),
    envoy: pickByRelease(version, [
      { value: 'envoyproxy/envoy-distroless:v1.24.1' },
      { since: '2.9', value: 'envoyproxy/envoy-distroless:v1.29.3' },
    ]),
    configPod: 'pachyderm/config-pod:0.5',
    cloudSqlProxy: pickByRelease(version, [
      { value: 'gcr.io/cloudsql-docker/gce-proxy:1.23.0' },
      { since: '2.9', value: 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.8.2' },
    ]),
  };
}

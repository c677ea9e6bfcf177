import type { JsonObject } from './json-object';

/** Where the proxy's container sees its configuration and the TLS Secret. */
export const CONFIGURATION_DIRECTORY = '/etc/envoy';
export const CERTIFICATE_DIRECTORY = '/tls';
export const CERTIFICATE_FILE = 'sds.yaml';

/** What `sds.yaml` says: where the certificate is. Envoy reads it anew whenever the TLS Secret changes. */
export const CERTIFICATE_SOURCE: JsonObject = {
  resources: [
    {
      '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret',
      name: 'tls',
      tls_certificate: {
        watched_directory: { path: CERTIFICATE_DIRECTORY },
        certificate_chain: { filename: `${CERTIFICATE_DIRECTORY}/tls.crt` },
        private_key: { filename: `${CERTIFICATE_DIRECTORY}/tls.key` },
      },
    },
  ],
};

/** The side of a connection that shows the certificate: TLS 1.2 or later, forward secrecy only. */
export const SERVER_TLS: JsonObject = {
  name: 'envoy.transport_sockets.tls',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
    common_tls_context: {
      alpn_protocols: ['h2', 'http/1.1'],
      tls_params: {
        tls_minimum_protocol_version: 'TLSv1_2',
        cipher_suites: [
          '[ECDHE-ECDSA-AES128-GCM-SHA256|ECDHE-ECDSA-CHACHA20-POLY1305]',
          '[ECDHE-RSA-AES128-GCM-SHA256|ECDHE-RSA-CHACHA20-POLY1305]',
          'ECDHE-ECDSA-AES256-GCM-SHA384',
          'ECDHE-RSA-AES256-GCM-SHA384',
        ],
      },
      tls_certificate_sds_secret_configs: [
        {
          name: 'tls',
          sds_config: {
            resource_api_version: 'V3',
            path_config_source: {
              path: `${CONFIGURATION_DIRECTORY}/${CERTIFICATE_FILE}`,
              watched_directory: { path: CONFIGURATION_DIRECTORY },
            },
          },
        },
      ],
    },
  },
};

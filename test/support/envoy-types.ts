/** The parts of an Envoy configuration that tests look at. */
export interface EnvoyConfiguration {
  readonly static_resources: {
    readonly listeners: readonly EnvoyListener[];
    readonly clusters: readonly EnvoyCluster[];
  };
}

export interface EnvoyListener {
  readonly name: string;
  readonly address: { readonly socket_address: SocketAddress };
  readonly filter_chains: readonly {
    readonly filter_chain_match?: { readonly transport_protocol: string };
    readonly transport_socket?: object;
    readonly filters: readonly [{ readonly typed_config: EnvoyConnectionManager }];
  }[];
}

export interface EnvoyConnectionManager {
  readonly http_filters: readonly { readonly name: string }[];
  readonly route_config: { readonly virtual_hosts: readonly [{ readonly routes: readonly EnvoyRoute[] }] };
}

export interface EnvoyRoute {
  readonly match: {
    readonly prefix: string;
    readonly grpc?: object;
    readonly headers?: readonly {
      readonly name: string;
      readonly string_match: { readonly prefix: string };
    }[];
  };
  readonly route?: { readonly cluster: string };
}

export interface EnvoyCluster {
  readonly name: string;
  readonly load_assignment: {
    readonly endpoints: readonly [
      {
        readonly lb_endpoints: readonly [
          { readonly endpoint: { readonly address: { readonly socket_address: SocketAddress } } },
        ];
      },
    ];
  };
}

interface SocketAddress {
  readonly address: string;
  readonly port_value: number;
}

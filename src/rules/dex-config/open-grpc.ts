import { isLoopbackHost } from '../../model/url-text';
import { isThereAt, textAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

export const openGrpc: Rule<'dex-config'> = {
  code: 'DEX216',
  severity: 'warning',
  reads: ['dex-config'],
  title: 'gRPC API for anyone who reaches it',
  reason:
    'The gRPC API reads and changes clients, passwords and connectors. Without grpc.tlsClientCA no one is asked who they are.',
  remedy:
    'Give tlsCert, tlsKey and tlsClientCA, or listen on 127.0.0.1 only, or keep others away with a network policy.',
  *check(config) {
    const address = textAt(config, ['grpc', 'addr']);
    if (address === undefined || isThereAt(config, ['grpc', 'tlsClientCA'])) return;
    if (isLoopbackHost(address.replace(/:[^:]*$/, ''))) return;
    yield {
      path: ['grpc', 'addr'],
      message:
        'Anyone who reaches the gRPC address reads and changes clients, passwords and connectors: without `grpc.tlsClientCA` no one is asked who they are',
      hint: 'add `tlsCert`, `tlsKey` and `tlsClientCA`, or listen on 127.0.0.1 only',
    };
  },
};

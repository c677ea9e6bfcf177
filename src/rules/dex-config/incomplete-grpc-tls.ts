import { isThereAt } from '../../subjects/dex-config';
import type { Finding, Rule } from '../rule';

export const incompleteGrpcTls: Rule<'dex-config'> = {
  code: 'DEX215',
  severity: 'error',
  reads: ['dex-config'],
  title: 'gRPC with a part of what TLS needs',
  reason:
    'Certificate and key belong together, the authority that signs the certificates of clients needs both, and all of them need an address, in the configuration or in the argument --grpc-addr. Dex exits at startup otherwise.',
  remedy:
    'Give grpc.addr, tlsCert and tlsKey, and tlsClientCA when clients show certificates; or none of the keys of TLS. When Dex is started with --grpc-addr, as the official chart does, grpc.addr is not needed.',
  *check(config) {
    const has = (key: string): boolean => isThereAt(config, ['grpc', key]);
    if ((has('tlsCert') || has('tlsKey')) && !has('addr'))
      yield {
        ...missing('addr', 'no address specified for gRPC'),
        // Of the container that a ConfigMap or Secret is for, the arguments are not known.
        ...(config.file.path.length > 0 ? { severity: 'warning' } : {}),
        hint: 'add `addr`, or remove the other keys of TLS, unless Dex is started with --grpc-addr',
      };
    if (has('tlsCert') !== has('tlsKey'))
      yield missing(has('tlsCert') ? 'tlsKey' : 'tlsCert', 'must specific both a gRPC TLS cert and key');
    if (has('tlsClientCA') && !has('tlsCert') && !has('tlsKey'))
      yield missing('tlsCert', 'cannot specify gRPC TLS client CA without a gRPC TLS cert');
  },
};

function missing(key: string, error: string): Finding {
  return {
    path: ['grpc'],
    onKey: true,
    message: `\`grpc.${key}\` is missing: \`${error}\``,
    hint: `add \`${key}\`, or remove the other keys of TLS`,
  };
}

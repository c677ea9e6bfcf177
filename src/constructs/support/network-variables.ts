import type { Network } from '../../model/cluster';
import { expandedVariable, plainVariable } from './environment';
import type { k8s } from './kubernetes';

const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'];
const NO_PROXY_VARIABLES = ['no_proxy', 'NO_PROXY'];

/** How a program learns about the proxy for requests to the outside; programs differ in which spelling they read. */
export function networkVariables({ httpProxy, noProxy }: Network): k8s.EnvVar[] {
  return [
    ...(httpProxy === undefined ? [] : PROXY_VARIABLES.map((name) => plainVariable(name, httpProxy))),
    ...(noProxy === undefined ? [] : NO_PROXY_VARIABLES.map((name) => expandedVariable(name, noProxy))),
  ];
}

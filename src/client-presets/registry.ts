import { argoCD } from './argo-cd';
import { argoWorkflows } from './argo-workflows';
import { grafana } from './grafana';
import { jupyterhub } from './jupyterhub';
import { kubelogin } from './kubelogin';
import { mlflow } from './mlflow';
import { oauth2Proxy } from './oauth2-proxy';
import type { ClientPreset } from './preset';

const clientPresets: readonly ClientPreset[] = [
  argoCD,
  argoWorkflows,
  grafana,
  jupyterhub,
  kubelogin,
  mlflow,
  oauth2Proxy,
];

/** Every product that `identity.clients` can name, by its name. */
export function allPresets(): readonly ClientPreset[] {
  return clientPresets;
}

/** The product of this name. */
export function presetNamed(name: unknown): ClientPreset | undefined {
  return clientPresets.find((preset) => preset.name === name);
}

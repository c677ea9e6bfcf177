import type { Target } from '../cluster/live';
import type { CommandOption, CommandOptions } from './command';
import type { Host } from './host';

/** Options of commands that talk to a cluster. */
export const CLUSTER_OPTIONS: readonly CommandOption[] = [
  { flags: '--context <context>', description: 'context of the kubeconfig (default: the current one)' },
  {
    flags: '--kubeconfig <file>',
    description: 'kubeconfig to use (default: KUBECONFIG, ~/.kube/config, or the account of the pod)',
  },
];

/** How commands report that tell what they do while they do it. */
export const EVENT_FORMAT_OPTION: CommandOption = {
  flags: '--format <format>',
  description: 'how to report; json is a JSON document on each line',
  choices: ['pretty', 'json'],
  default: 'pretty',
};

/** Options of commands that have Terraform change the application at Auth0. */
export const TERRAFORM_OPTIONS: readonly CommandOption[] = [
  {
    flags: '--terraform <program>',
    description: 'Terraform or OpenTofu to use (default: PACHKIT_TERRAFORM, or terraform or tofu on PATH)',
  },
  { flags: '--no-terraform', description: 'leave the application at Auth0 alone' },
  {
    flags: '-o, --out <dir>',
    description: 'folder of all output, in which Terraform works and keeps its state',
    default: 'dist/pachkit',
  },
];

/** The cluster that options name. */
export function targetOf({ directory, environment }: Host, options: CommandOptions): Target {
  const [context, kubeconfig] = ['context', 'kubeconfig'].map((name) => options[name] as string | undefined);
  return {
    directory,
    environment,
    ...(context === undefined ? {} : { context }),
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
  };
}

import type { CommandOptions, CommandOption } from './command';

/** Registries to ask instead of others. */
export const MIRROR_OPTION: CommandOption = {
  flags: '--mirror <registry=host>',
  description:
    'ask this registry instead of another one, such as docker.io=mirror.acme.com; may be given several times',
  repeats: true,
};

/** The registries of `--mirror` by those that images name: `docker.io` to `mirror.acme.com`. */
export function mirrorsOf(
  options: CommandOptions,
): { readonly mirrors: Readonly<Record<string, string>> } | { readonly problem: string } {
  const texts = (options['mirror'] as readonly string[] | undefined) ?? [];
  const pairs = texts.map((text) => /^([\w.:-]+)=([\w.:[\]-]+)$/.exec(text) ?? text);
  const wrong = pairs.find((pair) => typeof pair === 'string');
  if (wrong !== undefined)
    return { problem: `--mirror ${String(wrong)} is not REGISTRY=HOST, such as docker.io=mirror.acme.com` };
  return { mirrors: Object.fromEntries(pairs.map(([, registry = '', mirror = '']) => [registry, mirror])) };
}

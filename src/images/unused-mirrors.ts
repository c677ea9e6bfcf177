import type { Diagnostic } from '../diagnostics/diagnostic';
import { listed } from '../diagnostics/listed';
import { parseImage } from './reference';

/**
 * Mirrors of registries that no image names: a name that is not quite the registry's leaves its images to the registry itself,
 * which is seen when a pod waits for them, if it is seen.
 */
export function unusedMirrors(
  images: readonly string[],
  mirrors: Readonly<Record<string, string>>,
  file: string,
): readonly Diagnostic[] {
  const registries = new Set(images.flatMap((image) => parseImage(image)?.registry ?? []));
  return Object.keys(mirrors)
    .filter((registry) => !registries.has(registry))
    .map((registry) => ({
      code: 'LCK008',
      severity: 'warning',
      message: `--mirror names the registry ${registry}, and no image is of it: nothing is asked of ${mirrors[registry]}`,
      location: { file },
      path: '',
      hint: `the images are of ${listed([...registries].sort())}`,
    }));
}

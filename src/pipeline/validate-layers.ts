import type { Diagnostic } from '../diagnostics/diagnostic';
import { todayOf, type DocumentInput } from '../document/input';
import { hideSecretsBeforeShowing } from '../document/mask';
import { STANDARD_INPUT_NAME } from '../document/read-source';
import { readLayers, type FileLayer, type ValueLayers } from '../helm-values/layers/read-layers';
import { unreadableEscapes } from '../product-files/go-escapes';
import {
  checkLayeredValues,
  checkValuesFile,
  helmValues,
  summaryOfValues,
  targetOfValues,
} from '../product-files/helm-values';
import { suits } from '../product-files/registry';
import { present } from './present';
import { suppress } from './suppressions';
import { unsuitedTarget } from './unsuited-target';
import type { ValidatedFiles, ValidateOptions } from './validate-files';

/** Checks files and single values that Helm lays over each other as the values that they are together. */
export function validateLayers(
  fileNames: readonly string[],
  { files, sets, key }: ValueLayers,
  input: DocumentInput,
  { target: asked, rules }: Pick<ValidateOptions, 'target' | 'rules'>,
): ValidatedFiles {
  const layers = { files: [...fileNames, ...files], sets };
  const { root, diagnostics, isWhole } = readLayers(layers, input, checkLayer);
  const names = [...new Set([...layers.files, ...sets.map(({ flag }) => `--${flag}`)])];
  const file = names.map((name) => (name === '-' ? STANDARD_INPUT_NAME : name)).join(' + ');
  if (!root) {
    const nothing = diagnostics.length > 0 ? [] : [noLayers(file)];
    return { documents: [], productFiles: [], diagnostics: present([...diagnostics, ...nothing]) };
  }
  const target = asked ?? targetOfValues(root, key);
  const checked = { file, kind: helmValues, target, summary: summaryOfValues(root, key) };
  const found = suits(helmValues, target)
    ? // A layer that cannot be read may have what the others lack.
      isWhole
      ? checkLayeredValues(root, target, { key, rules })
      : []
    : [unsuitedTarget(file, helmValues, target)];
  const shown = suppress([...diagnostics, ...found], [root], todayOf(input));
  return { documents: [], productFiles: [checked], diagnostics: present(shown) };
}

function checkLayer({ nodes }: FileLayer): Diagnostic[] {
  for (const root of nodes) hideSecretsBeforeShowing(root);
  const escapes = nodes.flatMap((root) => unreadableEscapes(root));
  return [...escapes, ...checkValuesFile(nodes).diagnostics];
}

function noLayers(file: string): Diagnostic {
  return {
    code: 'FIL011',
    severity: 'error',
    message: 'There are no values in it, and values are a mapping',
    location: { file },
    path: '',
    hint: 'give what helm install takes with --values',
  };
}

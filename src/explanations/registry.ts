import type { Explanation } from '../diagnostics/explanation';
import { compare } from '../diagnostics/diagnostic';
import { pagesOfRules } from '../rules/pages';
import { clusterExplanations } from './cluster';
import { connectorExplanations } from './connectors';
import { doctorExplanations } from './doctor';
import { devExplanations } from './dev';
import { documentExplanations } from './document';
import { helmValuesExplanations } from './helm-values';
import { outputExplanations } from './outputs';
import { imageExplanations } from './images';
import { provisionExplanations } from './provision';
import { productFileExplanations } from './product-files';
import { pachctlExplanations } from './pachctl';
import { releaseExplanations } from './release';
import { retiredExplanations } from './retired';
import { schemaExplanations } from './schema';
import { secretExplanations } from './secrets';
import { suppressionExplanations } from './suppressions';

/** The page of every code, sorted by code. */
export const explanations: readonly Explanation[] = [
  ...documentExplanations,
  ...schemaExplanations,
  ...releaseExplanations,
  ...connectorExplanations,
  ...secretExplanations,
  ...suppressionExplanations,
  ...outputExplanations,
  ...imageExplanations,
  ...clusterExplanations,
  ...doctorExplanations,
  ...pachctlExplanations,
  ...devExplanations,
  ...provisionExplanations,
  ...helmValuesExplanations,
  ...productFileExplanations,
  ...retiredExplanations,
  ...pagesOfRules(),
].sort((a, b) => compare(a.code, b.code));

import type { ExportSection } from '../section';
import { access } from './access';
import { certificates } from './certificates';
import { components } from './components';
import { database } from './database';
import { environment } from './environment';
import { identity } from './identity';
import { pachw } from './pachw';
import { secrets } from './secrets';
import { storage } from './storage';

/** Every section of an export, before the rows: what a section has said of a field, no row says again. */
export const exportSections: readonly ExportSection[] = [
  components,
  access,
  certificates,
  secrets,
  identity,
  storage,
  database,
  environment,
  pachw,
];

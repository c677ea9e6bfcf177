import { findingsSection } from './findings';
import { providersSection, rolesSection, whoSection } from './logins';
import { chartSection, objectsSection } from './outputs';
import { pictureSection } from './picture';
import type { Section } from './section';
import { urlsSection } from './urls';

/** What a page says of each cluster, in its order. */
export const sections: readonly Section[] = [
  findingsSection,
  pictureSection,
  urlsSection,
  whoSection,
  rolesSection,
  providersSection,
  objectsSection,
  chartSection,
];

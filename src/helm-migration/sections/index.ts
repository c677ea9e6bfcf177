import type { Section } from '../row';
import { access } from './access';
import { certificates } from './certificates';
import { components } from './components';
import { database } from './database';
import { enterpriseAndAuth } from './enterprise-and-auth';
import { environment } from './environment';
import { identity } from './identity';
import { otherProducts } from './other-products';
import { pachw } from './pachw';
import { securityContexts } from './security-contexts';
import { storage } from './storage';

/** In an order in which each finds what it needs: URLs depend on membership, connectors on URLs, pachw on pachd. */
export const sections: readonly Section[] = [
  components,
  enterpriseAndAuth,
  access,
  identity,
  storage,
  database,
  securityContexts,
  certificates,
  environment,
  pachw,
  otherProducts,
];

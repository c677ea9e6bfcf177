import type { Section } from '../row';
import { access } from './access';
import { database } from './database';
import { enterpriseAndAuth } from './enterprise-and-auth';
import { environment } from './environment';
import { identity } from './identity';
import { pachw } from './pachw';
import { securityContexts } from './security-contexts';
import { pachdTls } from './pachd-tls';
import { storage } from './storage';

/** In an order in which each finds what it needs: URLs depend on membership, connectors on URLs, pachw on pachd. */
export const sections: readonly Section[] = [
  enterpriseAndAuth,
  access,
  identity,
  storage,
  database,
  securityContexts,
  pachdTls,
  environment,
  pachw,
];

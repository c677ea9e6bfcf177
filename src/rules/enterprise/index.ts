import type { AnyRule } from '../rule';
import { contradictingServer } from './contradicting-server';
import { serverNotInRelease } from './server-not-in-release';
import { unusedBesideServer } from './unused-beside-server';

/** Rules about the section `enterpriseServer`, in the order of their codes. */
export const enterpriseRules: readonly AnyRule[] = [
  serverNotInRelease,
  contradictingServer,
  unusedBesideServer,
];

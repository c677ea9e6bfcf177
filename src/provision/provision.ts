/** What commands use of this stage: a part of the program that is loaded by those that change the application at Auth0. */
export {
  Application,
  type ApplicationSettings,
  type KnownIDs,
  type PreparedApplication,
  type Purpose,
} from './application';
export type { ApplicationChange } from './application-changes';

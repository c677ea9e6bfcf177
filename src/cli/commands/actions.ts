/** Words that commands take as their first argument. */

export const CONNECTOR_ACTIONS = ['list', 'diff', 'apply', 'delete'] as const;
export const DEV_ACTIONS = [
  'up',
  'down',
  'reset',
  'status',
  'verify',
  'open',
  'forward',
  'logs',
  'config',
] as const;
export const SECRET_ACTIONS = [
  'list',
  'get',
  'set',
  'rotate',
  'wrap',
  'certificate',
  'store',
  'entry',
] as const;

/** What other tools read, and documents are made of. */
export const OTHER_FORMATS = ['helm-values'] as const;

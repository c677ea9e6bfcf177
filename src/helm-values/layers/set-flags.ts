/** An option of Helm that sets single values on the command line. */
export interface SetFlag {
  /** Without the dashes. */
  readonly name: 'set-json' | 'set' | 'set-string' | 'set-file' | 'set-literal';
  /** What an argument of it is called in help. */
  readonly argument: string;
  readonly description: string;
  /** What Helm prints in front of what it says about an argument that it cannot parse. */
  readonly says: string;
  /** Whether the argument is one path and its value, in which no character means anything. */
  readonly isLiteral?: true;
  /** What stands behind the sign of equality. */
  readonly reads: 'typed' | 'string' | 'file' | 'json';
}

/**
 * The options in the order in which Helm lays them over the files and over each other, whatever their order on the command
 * line. From MergeValues of Helm 3.19, pkg/cli/values/options.go.
 */
export const SET_FLAGS: readonly SetFlag[] = [
  {
    name: 'set-json',
    argument: 'pairs',
    description: 'set JSON values: KEY1=JSON1,KEY2=JSON2, or one object',
    says: 'failed parsing --set-json data',
    reads: 'json',
  },
  {
    name: 'set',
    argument: 'pairs',
    description: 'set values, as helm does: KEY1=VALUE1,KEY2=VALUE2',
    says: 'failed parsing --set data',
    reads: 'typed',
  },
  {
    name: 'set-string',
    argument: 'pairs',
    description: 'the same, and every value is a string',
    says: 'failed parsing --set-string data',
    reads: 'string',
  },
  {
    name: 'set-file',
    argument: 'pairs',
    description: 'set values to what files hold: KEY1=FILE1,KEY2=FILE2',
    says: 'failed parsing --set-file data',
    reads: 'file',
  },
  {
    name: 'set-literal',
    argument: 'pair',
    description: 'set one value to a string in which no character is special',
    says: 'failed parsing --set-literal data',
    isLiteral: true,
    reads: 'string',
  },
];

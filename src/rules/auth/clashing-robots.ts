import { formatPath, type PathStep } from '../../document/source-node';
import { writtenSecrets } from '../../model/written-secrets';
import type { Finding, Rule, RuleContext } from '../rule';
import { repeatedIds } from '../support/repeated-ids';

const ROBOTS: readonly PathStep[] = ['auth', 'robots'];

export const clashingRobots: Rule = {
  code: 'AUT012',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: "Robots whose tokens get in each other's way",
  reason:
    'pachkit synth prints a command for each robot of auth.robots, which keeps a token in a Secret. A robot that is listed twice gets two tokens, with lifetimes of which neither is that of the robot. Two robots with one Secret leave the token of the second there, and whatever runs as the first acts as the second. In a Secret that the manifests have too, kubectl apply takes out what was there.',
  remedy: 'List each robot once, and give each a secretName of its own.',
  *check(context) {
    const robots = context.cluster.auth?.robots ?? [];
    yield* repeatedIds(robots.map(({ name }) => name)).map(({ index, id, first }) => ({
      path: [...ROBOTS, index, 'name'],
      message: `The robot ${id} is ${formatPath([...ROBOTS, first])} too, and gets two tokens`,
      hint: 'remove one of the two',
    }));
    yield* sharedSecrets(context);
    const written = writtenSecrets(context.cluster);
    for (const [index, { name, secretName }] of robots.entries())
      if (written[secretName])
        yield {
          path: placeOf(context, index),
          message: `The token of the robot ${name} would be kept in ${secretName}, a Secret that pachkit writes itself, in place of what is there`,
          hint: 'write another secretName',
        };
  },
};

function* sharedSecrets(context: RuleContext): Iterable<Finding> {
  const robots = context.cluster.auth?.robots ?? [];
  for (const { index, id, first } of repeatedIds(robots.map(({ secretName }) => secretName))) {
    const [one, other] = [robots[first]?.name, robots[index]?.name];
    if (one === other) continue;
    yield {
      path: placeOf(context, index),
      message: `The Secret ${id} is that of the robot ${one} too, whose token the one of ${other} replaces`,
      hint: `write another secretName`,
    };
  }
}

/** Where the Secret of a robot is written, or what it is derived from. */
function placeOf({ document }: RuleContext, index: number): readonly PathStep[] {
  return [...ROBOTS, index, document.auth?.robots?.[index]?.secretName === undefined ? 'name' : 'secretName'];
}

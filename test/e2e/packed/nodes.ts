import { fromNpm, type Provided } from '../harness';

/** The Node of a version, out of the npm package that has it for this machine; fetched once. */
export function provideNode(version: string): Provided {
  const name = `node-${process.platform}-${process.arch}`;
  return fromNpm(name, version, `${name}/bin/node`);
}

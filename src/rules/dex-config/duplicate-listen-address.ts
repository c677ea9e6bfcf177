import { collide, readListenAddress } from '../../model/go-listen-address';
import { textAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

/** Everything that listens, in the order in which Dex begins, and what Dex calls it, its own misspelling included. */
const LISTENERS = [
  { path: ['telemetry', 'http'], name: 'telemetry' },
  { path: ['web', 'http'], name: 'http' },
  { path: ['web', 'https'], name: 'https' },
  { path: ['grpc', 'addr'], name: 'grcp' },
] as const;

export const oneAddressTwice: Rule<'dex-config'> = {
  code: 'DEX233',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Two listeners at one address',
  reason:
    'web.http, web.https, telemetry.http and grpc.addr are servers of their own. Two of them cannot listen on the same port of the same address, nor on the same port when one of them listens on every address, such as 0.0.0.0: Dex exits at startup with "bind: address already in use".',
  remedy:
    'Give each a port of its own, as the official chart does: 5556 for http, 5557 for gRPC, 5558 for telemetry.',
  *check(config) {
    const before: { readonly name: string; readonly written: string }[] = [];
    for (const { path, name } of LISTENERS) {
      const written = textAt(config, path);
      const address = written === undefined ? undefined : readListenAddress(written);
      if (written === undefined || address === undefined) continue;
      const other = before.find((each) => {
        const first = readListenAddress(each.written);
        return first !== undefined && collide(first, address);
      });
      if (other)
        yield {
          path,
          message: `\`${path.join('.')}\` and \`${other.name}\` are one address: \`listening (${name}) on ${written}: listen tcp …: bind: address already in use\``,
          hint: 'give each a port of its own, such as 5556 for http, 5557 for gRPC and 5558 for telemetry',
        };
      before.push({ name: path.join('.'), written });
    }
  },
};

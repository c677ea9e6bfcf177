import { failed, type Sighting } from './hop';
import type { NetworkProblem } from './network/problems';
import type { HopSubject } from './run-hops';

/** A connection or a request that failed, told of the subject whose hop it was. */
export function problemFault(
  { step, message, code }: NetworkProblem,
  hop: string,
  { address, path, effect, opening }: HopSubject,
): Sighting {
  if (step === 'dns')
    return failed(message, {
      code: 'HOP001',
      effect: `${address} cannot be looked up (${message}): ${effect}`,
      hint: 'make a DNS record for the name, or fix the name; --resolve HOST:PORT:ADDRESS tries an address that DNS does not have yet',
      path,
    });
  if (step === 'tcp' || hop === 'tcp')
    return failed(message, {
      code: 'HOP002',
      effect: `${address} cannot be reached (${message}): ${effect}`,
      hint: opening ?? 'start what should listen there, and let firewalls and network policies pass the port',
      path,
    });
  if (step === 'tls')
    return failed(message, {
      code: 'HOP006',
      effect: `TLS with ${address} does not begin (${message}): ${effect}`,
      hint: 'serve TLS at the port, or name the port that has it',
      path,
    });
  return failed(message, {
    code: code === 'ETIMEDOUT' ? 'HOP029' : 'HOP007',
    effect: `${address} gives no usable answer (${message}): ${effect}`,
    hint: 'look into the log of what answers there; --timeout SECONDS waits longer',
    path,
  });
}

import type net from 'node:net';
import { BerReader, BerWriter } from 'ldapts';

/** Tags of LDAP operations (RFC 4511). */
const BIND = 0x60;
const BIND_RESPONSE = 0x61;
const SEARCH = 0x63;
const SEARCH_ENTRY = 0x64;
const SEARCH_DONE = 0x65;
const EXTENDED = 0x77;
const EXTENDED_RESPONSE = 0x78;

/** A directory as far as a doctor sees it. */
export interface StandInDirectory {
  /** Result of a bind, by its DN. */
  readonly bind?: (dn: string) => { readonly code: number; readonly message?: string };
  /** Entries below a base, or a result code. */
  readonly search?: (base: string) => number | readonly Readonly<Record<string, string>>[];
  /** Result of StartTLS; nothing follows. */
  readonly extended?: number;
}

/** Speaks LDAP on a connection, one message in each packet. */
export function directory({ bind, search, extended }: StandInDirectory): (socket: net.Socket) => void {
  return (socket) => {
    socket.on('data', (data) => {
      // Anything else than a message of LDAP is waited for to end, as OpenLDAP does.
      if (data[0] !== 0x30) return undefined;
      const reader = new BerReader(data);
      reader.readSequence();
      const id = reader.readInt() ?? 0;
      const operation = reader.readSequence() ?? 0;
      if (operation === BIND) {
        reader.readInt();
        const { code, message } = bind?.(reader.readString() ?? '') ?? { code: 0 };
        socket.write(result(id, BIND_RESPONSE, code, message));
      } else if (operation === SEARCH) {
        const found = search?.(reader.readString() ?? '') ?? [];
        if (typeof found === 'number') return socket.write(result(id, SEARCH_DONE, found));
        for (const attributes of found) socket.write(entry(id, attributes));
        socket.write(result(id, SEARCH_DONE, 0));
      } else if (operation === EXTENDED) socket.write(result(id, EXTENDED_RESPONSE, extended ?? 2));
      return undefined;
    });
  };
}

function result(id: number, tag: number, code: number, message = ''): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(tag);
  writer.writeEnumeration(code);
  writer.writeString('');
  writer.writeString(message);
  writer.endSequence();
  writer.endSequence();
  return writer.buffer;
}

function entry(id: number, attributes: Readonly<Record<string, string>>): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(SEARCH_ENTRY);
  writer.writeString('uid=someone,dc=acme,dc=com');
  writer.startSequence();
  for (const [name, value] of Object.entries(attributes)) {
    writer.startSequence();
    writer.writeString(name);
    // A SET.
    writer.startSequence(0x31);
    writer.writeString(value);
    writer.endSequence();
    writer.endSequence();
  }
  writer.endSequence();
  writer.endSequence();
  writer.endSequence();
  return writer.buffer;
}

import { failed, ok, skipped, type Hop } from '../hop';
import { askDirectory, refusalIn, type DirectoryRefusal } from '../network/directory';
import { connectDirectory } from '../connect-directory';
import { shown } from '../shown';
import type { DirectorySubject } from '../subjects';

/** What Active Directory means by the number in its message. */
const REASONS: Readonly<Record<string, string>> = {
  '525': 'there is no such entry',
  '52e': 'the password is wrong',
  '530': 'the account may not log in at this time',
  '531': 'the account may not log in at this machine',
  '532': 'the password has expired',
  '533': 'the account is disabled',
  '701': 'the account has expired',
  '773': 'the password has to be changed first',
  '775': 'the account is locked',
};

/** The directory takes the entry and the password that Dex searches with. */
export const directoryBindHop: Hop<DirectorySubject> = {
  name: 'bind',
  needs: ['TCP', 'TLS'],
  appliesTo: () => true,
  plan: ({ settings: { bindDN } }) =>
    bindDN === '' ? 'the directory takes an anonymous bind' : `the directory takes the bind as ${bindDN}`,
  async check(subject, signal) {
    const { settings, connector, at, address, tls } = subject;
    const { bindDN, bindPW } = settings;
    if (bindDN !== '' && bindPW === undefined) return skipped('not asked: the password is not known here');
    const client = await connectDirectory(subject, signal);
    try {
      // Dex binds without a name too.
      await askDirectory(client.bind(bindDN, bindPW?.reveal() ?? ''), signal);
      return ok(bindDN === '' ? 'anonymous' : `as ${bindDN}`);
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal) {
        const why = reasonOf(refusal);
        return failed(`\`${refusal.quote}\`${why}`, {
          code: 'HOP021',
          effect: `${address} refuses the bind as \`${bindDN}\`${why}: every login with ${connector.id} ends in \`ldap: initial bind for user "${bindDN}" failed: ${refusal.quote}\``,
          hint: hintOf(refusal),
          path: at(refusal.code === 34 ? 'bindDN' : bindDN === '' ? 'host' : 'bindDN'),
        });
      }
      if (tls.begins !== 'never') throw error;
      return failed('the directory closes the connection: it may want TLS', {
        code: 'HOP006',
        effect: `${address} closes the connection when it is asked without TLS: every login with ${connector.id} ends in \`Login error: \``,
        hint: 'leave insecureNoSSL out, so that the connection begins with TLS (port 636), or write startTLS: true (port 389)',
        path: at('insecureNoSSL'),
      });
    } finally {
      await client.unbind().catch(() => undefined);
    }
  },
};

function reasonOf({ detail }: DirectoryRefusal): string {
  const number = /\bdata ([\da-f]{3})\b/i.exec(detail)?.[1]?.toLowerCase() ?? '';
  const reason = REASONS[number];
  return reason === undefined ? '' : `: ${reason}`;
}

function hintOf({ code, detail }: DirectoryRefusal): string {
  switch (code) {
    case 8:
    case 13:
      return 'the directory wants TLS first: leave insecureNoSSL out (port 636), or write startTLS: true (port 389)';
    case 34:
      return 'write bindDN as a distinguished name, such as cn=dex,ou=services,dc=acme,dc=com';
    case 48:
    case 53:
      return 'give bindDN and bindPW of an entry that may search; the directory takes no bind without';
    default:
      return `check bindDN and bindPW with: ldapwhoami -x -W -D BIND_DN -H ldaps://HOST${detail === '' ? '' : `; the directory says "${shown(detail)}"`}`;
  }
}

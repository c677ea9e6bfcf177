import { CHECKSUM_ANNOTATION, checksumAnnotation } from '../../../src/constructs/support/checksum';
import { composedSecret, existingSecret, literalSecret, type LiteralSecret } from '../../../src/model/secret';

const generated = (text: string): LiteralSecret => ({
  ...literalSecret(text),
  isGenerated: true,
});
const GENERATED = generated('abcdefghijklmnopqrstuvwxyz012345');

describe('the checksum of a pod configuration', () => {
  it('is missing where the pod reads nothing that is known', () => {
    expect(checksumAnnotation({})).toEqual({});
    expect(checksumAnnotation({ secrets: { password: existingSecret('postgres', 'password') } })).toEqual({});
  });

  it('is SHA-256 in hexadecimal and does not depend on the order of keys', () => {
    const one = checksumAnnotation({ plain: { a: { x: '1', y: '2' }, b: {} } });
    const other = checksumAnnotation({ plain: { b: {}, a: { y: '2', x: '1' } } });
    expect(one).toEqual(other);
    expect(one[CHECKSUM_ANNOTATION]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('changes with plain data', () => {
    expect(checksumAnnotation({ plain: { a: { x: '1' } } })).not.toEqual(
      checksumAnnotation({ plain: { a: { x: '2' } } }),
    );
  });

  it('changes with a generated secret', () => {
    const before = checksumAnnotation({ secrets: { password: GENERATED } });
    const after = checksumAnnotation({ secrets: { password: generated('z'.repeat(32)) } });
    expect(before).not.toEqual({});
    expect(after).not.toEqual(before);
  });

  it('says nothing about a secret that people can guess', () => {
    const checksum = (password: string) =>
      checksumAnnotation({
        plain: { ca: { 'ca.crt': 'PEM' } },
        secrets: { password: literalSecret(password) },
      });
    expect(checksum('winter2024')).toEqual(checksum('summer2024'));
    expect(checksum('winter2024')).toEqual(checksumAnnotation({ plain: { ca: { 'ca.crt': 'PEM' } } }));
    expect(checksumAnnotation({ secrets: { password: literalSecret('winter2024') } })).toEqual({});
  });

  it('changes with such a secret when a generated one is the key', () => {
    const checksum = (password: string, key: LiteralSecret) =>
      checksumAnnotation({ secrets: { password: literalSecret(password) }, guards: [undefined, key] });
    expect(checksum('winter2024', GENERATED)).not.toEqual(checksum('summer2024', GENERATED));
    // Anyone who tries passwords has to know the key too.
    expect(checksum('winter2024', GENERATED)).not.toEqual(checksum('winter2024', generated('z'.repeat(32))));
  });

  it.each([
    ['is too short to be a key', generated('abcdefghijklmnopqrstu')],
    ['is known to everyone', literalSecret('Insecure-User-Password')],
    ['is only referred to', existingSecret('other', 'key')],
    ['is a file that secrets are a part of', composedSecret('connectors: [{ bindPW: winter2024 }]')],
  ])('leaves secrets out when the only candidate %s', (_reason, candidate) => {
    expect(
      checksumAnnotation({ secrets: { password: literalSecret('winter2024') }, guards: [candidate] }),
    ).toEqual({});
  });

  it('takes a long secret from elsewhere for the key where none is generated, and stretches it', () => {
    const long = literalSecret('abcdefghijklmnopqrstuvwxyz012345');
    const checksum = (password: string, key: LiteralSecret) =>
      checksumAnnotation({ secrets: { password: literalSecret(password) }, guards: [key] });
    expect(checksum('winter2024', long)).not.toEqual({});
    expect(checksum('winter2024', long)).not.toEqual(checksum('summer2024', long));
    expect(checksum('winter2024', long)).not.toEqual(
      checksum('winter2024', generated('abcdefghijklmnopqrstuvwxyz012345')),
    );
  });

  it('prefers a generated key of others to a long secret of its own', () => {
    const secrets = { password: literalSecret('correct horse battery staple') };
    expect(checksumAnnotation({ secrets, guards: [GENERATED] })).not.toEqual(checksumAnnotation({ secrets }));
  });

  it('does not change with a guard that is not needed', () => {
    const read = { secrets: { password: GENERATED } };
    expect(checksumAnnotation({ ...read, guards: [generated('z'.repeat(32))] })).toEqual(
      checksumAnnotation(read),
    );
  });
});

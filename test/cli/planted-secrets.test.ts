import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Chance } from '../support/chance';
import { newCertificate } from '../support/new-certificate';
import { plantedRun } from '../support/planted-run';
import { SECRET_FORMS, shownIn, stringsIn, type SecretFormName } from '../support/planted-secrets';

/** How many secrets a document has. */
const SIZE = 120;

/** How many of them files for secrets have at least: with some forms those of connectors alone, for pachctl. */
const LEAST_WRITTEN: Readonly<Record<SecretFormName, number>> = {
  manifests: SIZE - 5,
  sops: 40,
  sealedSecret: 40,
  externalSecret: -1,
  none: -1,
};

const forms = Object.keys(SECRET_FORMS) as SecretFormName[];

const { certificate } = newCertificate();
let recipient: string;
beforeAll(async () => (recipient = await identityToRecipient(await generateX25519Identity())));

test.each(forms)('with output: %s every secret is in the files for secrets, and nowhere else', (form) => {
  const first = forms.indexOf(form) * 10_000;
  const { planted, written, faults } = plantedRun(new Chance(first), {
    ...{ form, size: SIZE, hasPictures: false, first, certificate, recipient },
  });
  expect(faults).toEqual([]);
  expect(planted).toBeGreaterThanOrEqual(SIZE);
  expect(written).toBeGreaterThan(LEAST_WRITTEN[form]);
});

test('pictures, the page about a cluster and what is said of one field have none', () => {
  const options = {
    form: 'manifests',
    size: 20,
    hasPictures: true,
    first: 0,
    certificate,
    recipient,
  } as const;
  expect(plantedRun(new Chance(7), options).faults).toEqual([]);
});

describe('a planted secret is found', () => {
  const secret = 'a"b Pl4nt0000123ed&';
  const base64 = Buffer.from(secret).toString('base64');
  test.each([
    ['as it is', `password: '${secret}'`],
    ['in a URL', `https://x.acme.com/?q=${encodeURIComponent(secret)}`],
    ['in base64', `data:\n  password: ${base64}\n`],
    ['in the middle of base64', Buffer.from(`x=1\npassword=${secret}\n`).toString('base64')],
    ['in base64 for URLs', Buffer.from(`ÿþÿ${secret}`).toString('base64url')],
    ['in base64 of JSON with base64', Buffer.from(JSON.stringify({ data: base64 })).toString('base64')],
    ['in base64 in a URL', encodeURIComponent(base64)],
    ['in hexadecimal digits', Buffer.from(secret).toString('hex')],
    ['behind letters that base64 has too', `abc${base64}`],
  ])('%s', (_, text) => {
    expect([...shownIn(text)]).toEqual(['0000123']);
    expect(stringsIn(text, ['Pl4nt0000123ed', 'other'])).toEqual(['Pl4nt0000123ed']);
  });

  test('and nothing else is', () => expect([...shownIn('Pl4nt01ed UGw0bnQ=')]).toEqual([]));
});

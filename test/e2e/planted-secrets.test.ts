import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Chance } from '../support/chance';
import { newCertificate } from '../support/new-certificate';
import { plantedRun } from '../support/planted-run';
import { SECRET_FORMS, type SecretFormName } from '../support/planted-secrets';

/** How many secrets are planted, and where the row of random numbers begins: the same seed plants the same. */
const SECRETS = Number(process.env['PACHKIT_E2E_SECRETS'] ?? 20_000);
const SEED = Number(process.env['PACHKIT_CAMPAIGN_SEED'] ?? 20_261_129);

/** How many a document has; each sixteenth one is small, and shown as pictures and a page too. */
const SIZE = 400;
const SMALL = 12;

const FORMS = Object.keys(SECRET_FORMS) as SecretFormName[];

test(`${SECRETS} secrets in documents with every form of Secrets are in the files for secrets, and nowhere else`, async () => {
  const chance = new Chance(SEED);
  const recipient = await identityToRecipient(await generateX25519Identity());
  const { certificate } = newCertificate();
  const figures = { documents: 0, planted: 0, generated: 0, written: 0 };
  const faults: string[] = [];
  while (figures.planted < SECRETS && faults.length === 0) {
    const form = FORMS[figures.documents % FORMS.length] ?? 'manifests';
    const isSmall = figures.documents % 16 === 15;
    const first = figures.planted;
    const run = plantedRun(chance, {
      ...{ form, size: isSmall ? SMALL : SIZE, hasPictures: isSmall, first, certificate, recipient },
    });
    faults.push(...run.faults.map((fault) => `document ${figures.documents}, ${form}: ${fault}`));
    figures.documents += 1;
    figures.planted += run.planted;
    figures.generated += run.generated;
    figures.written += run.written;
  }
  process.stderr.write(`seed ${SEED}: ${JSON.stringify(figures)}\n`);
  expect(faults).toEqual([]);
  expect(figures.planted).toBeGreaterThanOrEqual(SECRETS);
  // They are secrets to the program: where files are for them, they are in these.
  expect(figures.written).toBeGreaterThan(figures.planted / 4);
}, 3_600_000);

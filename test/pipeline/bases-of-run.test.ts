import { checkFiles } from '../../src/pipeline/check-files';
import { inputOf, inShort, type Files } from '../support/input-of';

const S3 =
  'storage: { s3: { bucket: acme, region: eu-west-1, credentials: { id: { env: A }, secret: { env: B } } } }';
const BASE = `apiVersion: pachkit/v1
release: 2.12.0-rc.3
access: { via: ingress, tls: { secretName: tls } }
auth: { roleBindings: { 'user:ada@acme.com': [clusterAdmin], allClusterUsers: [projectCreator] } }
identity:
  connectors:
    - { provider: okta, domain: acme.okta.com, clientID: a, clientSecret: { env: OKTA } }
`;
const EU = `extends: ./base.yaml\naccess: { host: eu.acme.com }\n${S3}\n`;
const US = `extends: base.yaml\naccess: { host: us.acme.com }\n${S3}\n`;

function run(files: Files): { clusters: string[]; bases: readonly unknown[]; found: string[] } {
  const { documents, bases, diagnostics } = checkFiles(Object.keys(files), inputOf(files));
  return {
    clusters: documents.map(({ document }) => document.file),
    bases,
    found: diagnostics.filter(({ severity }) => severity === 'error').map(inShort),
  };
}

describe('a document that lacks what a cluster needs', () => {
  it('is the base of those of the run that extend it', () =>
    expect(run({ 'base.yaml': BASE, 'eu.yaml': EU, 'us.yaml': US })).toEqual({
      clusters: ['eu.yaml', 'us.yaml'],
      bases: [{ file: 'base.yaml', of: ['eu.yaml', 'us.yaml'] }],
      found: [],
    }));

  it('is the base of what another extends', () =>
    expect(
      run({
        'base.yaml': BASE,
        'aws.yaml': `extends: base.yaml\n${S3}\n`,
        'eu.yaml': 'extends: ./aws.yaml\naccess: { host: eu.acme.com }\n',
      }),
    ).toEqual({
      clusters: ['eu.yaml'],
      bases: [
        { file: 'base.yaml', of: ['aws.yaml', 'eu.yaml'] },
        { file: 'aws.yaml', of: ['eu.yaml'] },
      ],
      found: [],
    }));

  it('may lack what every document has, in a folder below', () =>
    expect(
      run({
        'common/base.yaml': S3,
        'eu.yaml': `extends: ./common/../common/base.yaml\n${BASE.replace('via: ingress', 'host: eu.acme.com')}`,
      }),
    ).toMatchObject({ clusters: ['eu.yaml'], found: [] }));

  it('is a cluster where no other of the run extends it', () =>
    expect(
      run({ 'base.yaml': BASE, 'other.yaml': `${BASE.replace('via: ingress', 'host: a.acme.com')}${S3}\n` }),
    ).toMatchObject({
      clusters: ['base.yaml', 'other.yaml'],
      bases: [],
      found: [expect.stringContaining('STO002'), expect.stringContaining('ACC001')],
    }));

  it('has its other mistakes found by those that extend it', () =>
    expect(run({ 'base.yaml': `${BASE}foo: 1\n`, 'eu.yaml': EU, 'us.yaml': US })).toMatchObject({
      clusters: ['eu.yaml', 'us.yaml'],
      found: [expect.stringMatching(/^base\.yaml:\d+:1 SCH001 /)],
    }));

  it('is still their base where one of them lacks the same', () =>
    expect(run({ 'base.yaml': BASE, 'eu.yaml': EU, 'us.yaml': US.replace(S3, '') })).toMatchObject({
      clusters: ['eu.yaml', 'us.yaml'],
      found: [expect.stringMatching(/^us\.yaml:\S+ STO002 /)],
    }));
});

describe('a document stays a cluster', () => {
  const whole = `${BASE.replace('via: ingress', 'host: pach.acme.com')}${S3}\n`;

  it('when it is one, whatever extends it', () =>
    expect(
      run({ 'prod.yaml': whole, 'test.yaml': 'extends: prod.yaml\naccess: { host: test.acme.com }\n' }),
    ).toMatchObject({
      clusters: ['prod.yaml', 'test.yaml'],
      bases: [],
      found: [],
    }));

  it('when another replaces what is wrong in it', () =>
    expect(
      run({
        'prod.yaml': whole.replace('acme.okta.com', 'acme-admin.okta.com'),
        'test.yaml':
          'extends: prod.yaml\naccess: { host: test.acme.com }\nidentity: { connectors: [{ provider: okta, domain: acme.okta.com }] }\n',
      }).clusters,
    ).toEqual(['prod.yaml', 'test.yaml']));

  it('when only the profile of another allows what is wrong in it', () =>
    expect(
      run({
        'prod.yaml': whole.replace(', tls: { secretName: tls }', ''),
        'dev.yaml': 'extends: prod.yaml\nprofile: dev\n',
      }),
    ).toMatchObject({ clusters: ['prod.yaml', 'dev.yaml'], found: [expect.stringContaining('ACC003')] }));
});

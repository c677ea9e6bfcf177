import { hasErrors, type Diagnostic } from '../../src/diagnostics/diagnostic';
import { accessRows, type AccessName } from '../../src/cli/starter/access';
import { starterChoices, type StarterRequest } from '../../src/cli/starter/choices';
import { providerRows } from '../../src/cli/starter/providers';
import { possibleAnswers, questions, suggestedAnswer } from '../../src/cli/starter/questions';
import { starterDocument, starterVariables } from '../../src/cli/starter/starter-document';
import { storageRows, type StorageName } from '../../src/cli/starter/storage';
import { allProviders } from '../../src/identity-providers/registry';
import { validateFiles } from '../../src/pipeline/validate-files';
import { defaultOutputs } from '../../src/outputs/registry';
import { planWithoutSecrets } from '../../src/plan/plan';
import { EXAMPLE_RELEASES } from '../../src/releases/pachyderm';
import { inputOf } from '../support/input-of';

const PROFILES = ['dev', 'production'] as const;
const RELEASES = ['2.2.8', '2.4.0', '2.5.0', '2.11.6', '2.12.0-rc.3'] as const;
const PROVIDERS = Object.keys(providerRows);
const WAYS = Object.keys(accessRows) as AccessName[];
const BACKENDS = Object.keys(storageRows) as StorageName[];

function documentOf(request: StarterRequest): string {
  const choices = starterChoices('start', request);
  if (!choices) throw new Error('the release is not supported');
  return starterDocument(choices);
}

function findingsOf(request: StarterRequest): readonly Diagnostic[] {
  return validateFiles(['a.yaml'], inputOf({ 'a.yaml': documentOf(request) })).diagnostics;
}

const codesOf = (request: StarterRequest): string[] => [
  ...new Set(findingsOf(request).map(({ code, severity }) => `${severity} ${code}`)),
];

describe.each(PROFILES)('in profile %s', (profile) => {
  test.each(PROVIDERS)('every release has a document for %s that is valid as it is', (provider) => {
    for (const release of RELEASES) {
      const codes = codesOf({ profile, release, provider });
      expect([release, codes]).toEqual([
        release,
        profile === 'production' && provider === 'mock' ? ['error PRO001', 'error PRO002'] : [],
      ]);
    }
  });

  test.each(BACKENDS)('every release has a document that keeps data in %s', (storage) => {
    for (const release of RELEASES)
      expect([release, codesOf({ profile, release, storage, provider: 'ldap' })]).toEqual([
        release,
        profile === 'production' && storage === 'local' ? ['warning STO002'] : [],
      ]);
  });
});

test.each(WAYS)('access by %s is refused only where the rules say why', (access) => {
  const refused = PROFILES.flatMap((profile) =>
    RELEASES.flatMap((release) =>
      (['ldap', 'github'] as const)
        .map((provider) => ({
          profile,
          release,
          provider,
          findings: findingsOf({ profile, release, provider, access }),
        }))
        .filter(({ findings }) => hasErrors(findings))
        .map(({ findings, ...choices }) => [
          Object.values(choices).join(' '),
          findings.find(({ severity }) => severity === 'error')?.code,
        ]),
    ),
  );
  const only = (codes: Readonly<Record<string, string>>): unknown[][] =>
    PROFILES.flatMap((profile) =>
      RELEASES.flatMap((release) =>
        ['ldap', 'github'].flatMap((provider) => {
          const code = codes[release] ?? codes[profile] ?? codes[provider];
          return code === undefined ? [] : [[`${profile} ${release} ${provider}`, code]];
        }),
      ),
    );
  const expected: Readonly<Record<AccessName, Readonly<Record<string, string>>>> = {
    proxy: { '2.2.8': 'ACC002' },
    ingress: {},
    // Ports of nodes serve no TLS.
    nodePort: { production: 'ACC003' },
    // GitHub's connector compares the callback with an issuer that browsers do not reach.
    portForward: { github: 'ACC011' },
  };
  expect(refused).toEqual(only(expected[access]));
});

test('what is not chosen follows from the rest', () => {
  const chosen = (request: StarterRequest): unknown => {
    const { profile, release, provider, access, storage } = starterChoices('start', request) ?? {};
    return [profile, release?.version.text, provider, access, storage].join(' ');
  };
  expect(chosen({})).toBe('dev 2.12.0-rc.3 mock proxy local');
  expect(chosen({ profile: 'production' })).toBe('production 2.12.0-rc.3 oidc proxy s3');
  expect(chosen({ release: 'v2.2.8' })).toBe('dev 2.2.8 mock portForward local');
  expect(chosen({ release: '2.2.8', provider: 'google' })).toBe('dev 2.2.8 google ingress local');
  expect(chosen({ release: '2.2.8', profile: 'production' })).toBe('production 2.2.8 oidc ingress s3');
  expect(starterChoices('start', { release: '3.0.0' })).toBeUndefined();
});

/** Every row of answers that the questions of `pachkit init` lead to. */
function* answeredRequests(request: StarterRequest = {}, left = questions): Generator<StarterRequest> {
  const [question, ...others] = left;
  if (!question) yield request;
  else
    for (const { value } of possibleAnswers(question, request))
      yield* answeredRequests({ ...request, [question.option]: value }, others);
}

describe('the questions', () => {
  const answered = [...answeredRequests()];

  test('lead to valid documents alone, and leave none out that is valid', () => {
    const valid = PROFILES.flatMap((profile) =>
      EXAMPLE_RELEASES.flatMap((release) =>
        PROVIDERS.flatMap((provider) =>
          WAYS.flatMap((access) =>
            BACKENDS.map((storage) => ({ profile, release, provider, access, storage })),
          ),
        ),
      ),
    ).filter((request) => !hasErrors(findingsOf(request)));
    expect(answered).toEqual(valid);
    expect(answered.length).toBeGreaterThan(500);
  });

  test('lead to documents that synthesize, each pair of answers among them', async () => {
    const seen = new Set<string>();
    let synthesized = 0;
    for (const request of answered) {
      const values = Object.values(request) as string[];
      const pairs = values.flatMap((one, index) => values.slice(index + 1).map((other) => `${one} ${other}`));
      if (pairs.every((pair) => seen.has(pair))) continue;
      pairs.forEach((pair) => seen.add(pair));
      const { clusters, diagnostics } = await planWithoutSecrets(
        ['a.yaml'],
        inputOf({ 'a.yaml': documentOf(request) }),
        defaultOutputs,
      );
      expect([request, hasErrors(diagnostics), clusters.length]).toEqual([request, false, 1]);
      synthesized += 1;
    }
    expect(synthesized).toBeGreaterThan(50);
  });

  test('suggest what the options are without an answer', () => {
    const suggested = (request: StarterRequest): unknown[] =>
      questions.map((question) => suggestedAnswer(question, request));
    expect(suggested({})).toEqual(['dev', '2.12.0-rc.3', 'mock', 'proxy', 'local']);
    expect(suggested({ profile: 'production', release: '2.2.8' })).toEqual([
      'production',
      '2.2.8',
      'oidc',
      'ingress',
      's3',
    ]);
  });
});

test('every provider that a document can name is one to start with', () =>
  expect(PROVIDERS).toEqual(expect.arrayContaining(allProviders().map(({ name }) => name))));

test('a document lets in one organization, whoever knows its people', () => {
  for (const provider of PROVIDERS)
    expect(documentOf({ profile: 'production', provider })).not.toMatch(/profile:|seed:/);
  expect(documentOf({ provider: 'google' })).toContain('domains: [example.com]');
  expect(documentOf({ provider: 'gitlab' })).toContain('groups: [example]');
  expect(documentOf({ provider: 'github' })).toContain('organizations: [example]');
});

test('variables that a document reads secrets from are listed once each', () => {
  expect(starterVariables(documentOf({}))).toEqual([]);
  expect(starterVariables(documentOf({ release: '2.11.6', provider: 'okta', storage: 'minio' }))).toEqual([
    'PACHYDERM_LICENSE',
    'OKTA_CLIENT_SECRET',
    'MINIO_ACCESS_KEY',
    'MINIO_SECRET_KEY',
  ]);
});

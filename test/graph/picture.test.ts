import { conditionOf } from '../../src/graph/attach';
import { pictureFormats } from '../../src/graph/formats';
import { picturesOf } from '../../src/graph/graph';
import type { Picture } from '../../src/graph/picture';
import { checkFiles } from '../../src/pipeline/check-files';
import { inputOf } from '../support/input-of';
import { HOSTILE_NAME, shapes, WRONG } from './shapes';

function picturesIn(text: string): Picture[] {
  const { documents, diagnostics } = checkFiles(['pachyderm.yaml'], inputOf({ 'pachyderm.yaml': text }));
  return picturesOf(documents, diagnostics);
}

function only(text: string): Picture {
  const [picture] = picturesIn(text);
  if (!picture) throw new Error('the document has no picture');
  return picture;
}

/** Arrows in short: from, to, what, where to. */
const inShort = ({ arrows }: Picture): string[] =>
  arrows.map(({ from, to, address, protocol }) => [from, to, address, protocol].join(' '));

async function written(format: string, pictures: readonly Picture[]): Promise<string> {
  const row = pictureFormats.find(({ name }) => name === format);
  if (!row) throw new Error(`no format ${format}`);
  return (await row.load())(pictures);
}

describe('the chain of a login', () => {
  test('goes from browsers through the proxy to Dex, to the provider and back', () => {
    expect(
      inShort(only(shapes['production with Auth0'] ?? '')).filter((arrow) => /dex|browser/.test(arrow)),
    ).toEqual([
      'browser entrance https://pachyderm.acme.com/ HTTPS 443',
      'browser entrance https://pachyderm.acme.com/dex HTTPS 443',
      'proxy dex /dex HTTP 1658',
      'console dex https://pachyderm.acme.com/dex HTTPS 443',
      'pachd dex https://pachyderm.acme.com/dex HTTP 1658',
      'dex pachd https://pachyderm.acme.com/authorization-code/callback HTTPS 443',
      'dex console https://pachyderm.acme.com/oauth/callback/?inline=true HTTPS 443',
      'dex provider0 https://acme.eu.auth0.com/ HTTPS 443',
      'provider0 dex https://pachyderm.acme.com/dex/callback HTTPS 443',
    ]);
  });

  test('ends at the enterprise server for its members', () => {
    const arrows = inShort(only(shapes['member of an enterprise server'] ?? ''));
    expect(arrows).toContain('pachd dex grpcs://server.acme.com:31650 gRPC with TLS 31650');
    expect(arrows.filter((arrow) => arrow.startsWith('entrance dex'))).toEqual([]);
  });

  test('is not there where there is no login', () => {
    const { parts } = only(shapes['without a login'] ?? '');
    expect(parts.map(({ id }) => id)).not.toContain('dex');
  });
});

describe('what is wrong', () => {
  const { parts, arrows, others } = only(WRONG);
  const codes = Object.fromEntries(
    [
      ...parts.map((part) => [part.id, part] as const),
      ...arrows.map((arrow) => [`${arrow.from} ${arrow.to} ${arrow.what}`, arrow] as const),
    ].flatMap(([name, flawed]) =>
      flawed.flaws.length === 0 ? [] : [[name, flawed.flaws.map(({ code }) => code).join(' ')]],
    ),
  );

  test('is drawn where it is, with its code, although the document has errors of form', () =>
    expect(codes).toEqual({
      entrance: 'SCH001 SCH004',
      pachd: 'AUT002 AUT006',
      provider0: 'PRO002',
      'dex provider0 asks who it is': 'DEX003 DEX009',
      'provider0 dex sends browsers back': 'DEX001',
    }));

  test('leaves no finding out', () => expect(others).toEqual([]));

  test('is at what follows from a section or from a client with a preset', () => {
    const picture = only(`apiVersion: pachkit/v1
name: test
release: 2.12.4
profile: production
enterprise: { licenseKey: { env: LICENSE } }
storage: { s3: { bucket: data, region: eu-central-1 } }
access: { host: pachyderm.acme.com, tls: { secretName: tls } }
dev: { users: [{ email: ada@acme.com, groups: [ops], roles: [owner] }] }
keycloak: { url: https://keycloak.acme.com, realm: acme, clientSecret: plain-text }
identity: { clients: [{ preset: grafana, url: http://grafana.acme.com, secret: { env: G } }] }
`);
    const at = (code: string): string[] => [
      ...picture.parts.flatMap(({ id, flaws }) => (flaws.some((flaw) => flaw.code === code) ? [id] : [])),
      ...picture.arrows.flatMap(({ to, flaws }) =>
        flaws.some((flaw) => flaw.code === code) ? [`to ${to}`] : [],
      ),
    ];
    expect(picture.others).toEqual([]);
    expect(at('AUT001')).toContain('pachd');
    expect(at('PRO002')).toEqual([picture.parts.find(({ title }) => title === 'Keycloak')?.id]);
    expect(at('IDN006')).toEqual(['to client0']);
  });

  test('is as bad as the worst of it', () => {
    expect(parts.filter((part) => conditionOf(part) === 'error').map(({ id }) => id)).toEqual([
      'entrance',
      'pachd',
      'provider0',
    ]);
    expect(only(shapes['production with Auth0'] ?? '').parts.map(conditionOf)).not.toContain('error');
  });

  test('is shown beside the picture where it is about nothing that is drawn', () => {
    const picture = only('apiVersion: pachkit/v1\nrelease: 2.11.6\nnamspace: a\nstorage: { local: {} }\n');
    expect(picture.others.map(({ code }) => code)).toContain('SCH001');
    expect(picture.parts.length).toBeGreaterThan(5);
  });
});

describe.each(pictureFormats.map(({ name }) => name))('as %s', (format) => {
  test('the same document makes the same bytes', async () => {
    for (const text of Object.values(shapes))
      expect(await written(format, picturesIn(text))).toBe(await written(format, picturesIn(text)));
  });

  test('has no secret', async () => {
    expect(await written(format, picturesIn(WRONG))).not.toContain('hunter2');
  });

  test('has codes of what is wrong', async () => {
    const text = await written(format, picturesIn(WRONG));
    for (const code of ['SCH004', 'DEX001', 'AUT002']) expect(text).toContain(code);
  });

  test('names every cluster of several', async () => {
    const both = `${shapes['quickstart'] ?? ''}---\n${shapes['release 2.2'] ?? ''}`.replace(
      'release: 2.2.8',
      'name: second\nrelease: 2.2.8',
    );
    const text = await written(format, picturesIn(both));
    for (const { name } of picturesIn(both)) expect(text).toContain(name);
  });

  test('has names of any kind as text alone', async () => {
    const text = await written(format, picturesIn(shapes['hostile names'] ?? ''));
    expect(text).not.toContain(HOSTILE_NAME);
    if (format !== 'dot') expect(text).not.toMatch(/<script|<img/);
  });

  test('has nothing that a terminal takes for a command', async () => {
    const [picture] = picturesIn(shapes['quickstart'] ?? '');
    if (!picture) throw new Error('no picture');
    const hostile = {
      ...picture,
      name: 'a\u001b]0;b\u0007',
      parts: picture.parts.map((part) => ({ ...part, title: `${part.title}\u001b[2J\u202e` })),
    };
    expect(await written(format, [hostile])).not.toMatch(/(?!\n)\p{Cc}/u);
  });
});

/** What Graphviz itself reads in a text. */
async function graphviz(
  text: string,
): Promise<{ objects: { label?: string }[]; edges: { label: string }[] }> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const library = await Graphviz.load();
  return JSON.parse(library.layout(text, 'json', 'dot')) as {
    objects: { label?: string }[];
    edges: { label: string }[];
  };
}

test.each(Object.entries(shapes))('Graphviz reads every part and arrow of %s', async (_, text) => {
  const pictures = picturesIn(text);
  const { objects, edges } = await graphviz(await written('dot', pictures));
  const labels = objects.map(({ label = '' }) => label).join('\n');
  for (const { parts, arrows } of pictures) {
    expect(edges.length).toBe(arrows.length);
    for (const { title } of parts)
      expect(labels.replace(/&amp;/g, '&')).toContain(title.replace(/\\/g, '\\\\'));
  }
});

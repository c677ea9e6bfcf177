import { fixedTemplates, hostTemplates, OTHER_HOST } from '../../src/outputs/chart/host-templates';
import { Holes, literalTemplate } from '../../src/outputs/chart/template-strings';
import { isOrdinaryHost } from '../../src/outputs/chart/values-schema';
import type { ClusterObject } from '../../src/outputs/objects';
import { toYaml } from '../../src/constructs/support/yaml';

const object = (fields: object): ClusterObject =>
  ({ manifest: { kind: 'ConfigMap', metadata: { name: 'a' }, ...fields } }) as unknown as ClusterObject;

const templateOf = (own: object, other: object): readonly object[] | undefined =>
  hostTemplates([object(own)], [object(other)], 'a.acme.com');

describe('a string with the host in it', () => {
  it('has the value in its place, wherever it is', () => {
    const [template] = templateOf(
      { data: { urls: ['https://a.acme.com/dex', 'a.acme.com'] } },
      { data: { urls: [`https://${OTHER_HOST}/dex`, OTHER_HOST] } },
    ) ?? [undefined];
    expect(template).toMatchObject({
      data: { urls: ['https://{{ .Values.host }}/dex', '{{ .Values.host }}'] },
    });
  });

  it('that someone wrote stays', () => {
    const own = { data: { note: 'see a.acme.com' } };
    expect(templateOf(own, own)).toEqual([expect.objectContaining(own)]);
  });

  it.each([
    ['a ciphertext', { data: { a: 'one' } }, { data: { a: 'two' } }],
    ['a key', { data: { a: 1 } }, { data: { b: 1 } }],
    ['a longer list', { data: [1] }, { data: [1, 2] }],
    ['a number', { data: 1 }, { data: 2 }],
  ])('cannot be where something else follows from the host: %s', (_, own, other) => {
    expect(templateOf(own, other)).toBeUndefined();
  });
});

test('a checksum is the document’s with its host, and follows from any other', () => {
  const annotated = (checksum: string): object => ({
    annotations: { 'pachkit.dev/configuration-checksum': checksum },
  });
  const [template] = templateOf(annotated('11'), annotated('22')) ?? [];
  expect(JSON.stringify(template)).toContain(
    String.raw`{{ if eq .Values.host \"a.acme.com\" }}11{{ else }}{{ printf \"11/%s\" .Values.host | sha256sum }}{{ end }}`,
  );
});

test('braces in strings and keys are no template', () => {
  expect(literalTemplate('a {{ b }} {{c')).toBe('a {{`{{`}} b }} {{`{{`}}c');
  expect(fixedTemplates([object({ data: { '{{': '{{' } })])).toEqual([
    expect.objectContaining({ data: { '{{`{{`}}': '{{`{{`}}' } }),
  ]);
});

test('holes are filled on their lines, and no text is taken for one', () => {
  const holes = new Holes('a text with HELM-HOLE value 0');
  const yaml = toYaml({
    replicas: holes.value('.Values.count | int'),
    inner: { resources: holes.optional('index .Values.resources "a"'), note: 'HELM-HOLE value 0' },
  });
  expect(holes.fill(yaml)).toBe(
    [
      'replicas: {{ .Values.count | int }}',
      'inner:',
      '{{- with index .Values.resources "a" }}',
      '  resources: {{ toJson . }}',
      '{{- end }}',
      '  note: HELM-HOLE value 0',
      '',
    ].join('\n'),
  );
});

test.each([
  ['pachyderm.acme.com', true],
  ['a.b.xx', true],
  ['localhost', false],
  ['x.localhost', false],
  ['10.0.0.1', false],
  ['1.5', false],
  ['Pachyderm.acme.com', false],
])('%s is an ordinary host: %s', (host, isOrdinary) => {
  expect(isOrdinaryHost(host)).toBe(isOrdinary);
});

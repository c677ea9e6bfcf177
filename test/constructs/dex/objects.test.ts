import { dexServer } from '../../../src/model/dex-server';
import { dexObjects, dexOf, fileOf, issuer, postgres } from '../../support/dex-objects';
import { at } from '../../support/tree';

describe('a Dex alone', () => {
  test('has these objects, all in its namespace but the definitions', () => {
    const objects = dexOf();
    const crds = [...objects.keys()].filter((name) => name.startsWith('CustomResourceDefinition/'));
    expect(crds).toHaveLength(10);
    expect([...objects.keys()].filter((name) => !crds.includes(name)).sort()).toEqual([
      'Deployment/dex',
      'NetworkPolicy/dex',
      'PodDisruptionBudget/dex',
      'Role/dex',
      'RoleBinding/dex',
      'Secret/dex',
      'Service/dex',
      'ServiceAccount/dex',
    ]);
    for (const [name, object] of objects)
      expect([name, at(object, 'metadata.namespace')]).toEqual([
        name,
        crds.includes(name) ? undefined : 'auth',
      ]);
  });

  test('has an Ingress when asked for one, to the path of its issuer', () => {
    expect(
      at(dexOf({}, { ingress: { className: 'nginx', tlsSecretName: 'tls' } }).get('Ingress/dex'), 'spec'),
    ).toEqual({
      ingressClassName: 'nginx',
      tls: [{ secretName: 'tls', hosts: ['dex.example.com'] }],
      rules: [
        {
          host: 'dex.example.com',
          http: {
            paths: [
              {
                path: '/dex',
                pathType: 'Prefix',
                backend: { service: { name: 'dex', port: { name: 'http' } } },
              },
            ],
          },
        },
      ],
    });
    const root = dexOf({ issuer: 'https://Dex.example.com:8443' }, { ingress: {} });
    expect(at(root.get('Ingress/dex'), 'spec.rules.0')).toMatchObject({
      host: 'dex.example.com',
      http: { paths: [{ path: '/' }] },
    });
  });

  test.each(['http://10.0.0.1/dex', 'http://[fd00::1]/dex', 'https://under_score.example.com'])(
    'has no Ingress for %s, which has no host that one takes',
    (address) => {
      const dex = { ...dexServer({ issuer, storage: { type: 'memory' } }), issuer: address };
      expect(() => dexObjects({ namespace: 'auth', dex, ingress: {} })).toThrow(
        `the issuer "${address}" has none`,
      );
      expect(dexObjects({ namespace: 'auth', dex }).has('Ingress/dex')).toBe(false);
    },
  );

  test('is nothing where there is none', () => expect(dexObjects({ namespace: 'auth' }).size).toBe(0));
});

describe('custom resources', () => {
  test('are those of Dex', () => {
    const objects = dexOf();
    expect(objects.get('CustomResourceDefinition/signingkeies.dex.coreos.com')).toEqual({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'signingkeies.dex.coreos.com' },
      spec: {
        group: 'dex.coreos.com',
        names: {
          kind: 'SigningKey',
          listKind: 'SigningKeyList',
          plural: 'signingkeies',
          singular: 'signingkey',
        },
        scope: 'Namespaced',
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          },
        ],
      },
    });
  });

  test('are all that the account may touch', () => {
    const objects = dexOf({ serviceAccount: { name: 'login', create: false, annotations: {} } });
    expect(
      [...objects.keys()].filter((name) => /^Cluster(Role|RoleBinding)|^ServiceAccount/.test(name)),
    ).toEqual([]);
    expect(at(objects.get('Role/dex'), 'rules')).toEqual([
      { apiGroups: ['dex.coreos.com'], resources: ['*'], verbs: ['*'] },
    ]);
    expect(at(objects.get('RoleBinding/dex'), 'subjects')).toEqual([
      { kind: 'ServiceAccount', name: 'login', namespace: 'auth' },
    ]);
  });

  test('are checked, not made, by a Dex that can be told so', () => {
    expect(fileOf(dexOf())['storage']).toEqual({
      type: 'kubernetes',
      config: { inCluster: true, crdHandling: 'check' },
    });
    expect(fileOf(dexOf({ version: '2.44.0' }))['storage']).toEqual({
      type: 'kubernetes',
      config: { inCluster: true },
    });
    expect([...dexOf({ storage: postgres }).keys()].some((name) => name.startsWith('CustomResource'))).toBe(
      false,
    );
  });
});

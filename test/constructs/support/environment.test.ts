import { expandedVariable, literalText, plainVariable } from '../../../src/constructs/support/environment';
import { networkVariables } from '../../../src/constructs/support/network-variables';

/** What a program reads, as Kubernetes' expansion/expand.go has it, with the variable SECRET set before. */
function asRead(value: string): string {
  return value.replace(/\$\$|\$\((\w+)\)/g, (text, name?: string) =>
    name === undefined ? '$' : name === 'SECRET' ? 'leaked' : text,
  );
}

describe('values of variables', () => {
  it.each(['$(SECRET)', '$$(SECRET)', '$$', 'a$b', '$', '$$$(SECRET)', 'plain'])(
    '%s is read as it is',
    (text) => {
      expect(asRead(plainVariable('A', text).value ?? '')).toBe(text);
      expect(asRead(literalText(text))).toBe(text);
    },
  );

  it('are expanded where they are meant to refer to another', () =>
    expect(asRead(expandedVariable('A', '$(SECRET)').value ?? '')).toBe('leaked'));

  it('of the proxy hold no secret of the pod', () => {
    const variables = networkVariables({
      httpProxy: 'http://proxy/$(SECRET)',
      noProxy: '$(KUBERNETES_SERVICE_HOST)',
    });
    const read = Object.fromEntries(variables.map(({ name, value }) => [name, asRead(value ?? '')]));
    expect(read['HTTPS_PROXY']).toBe('http://proxy/$(SECRET)');
    expect(read['NO_PROXY']).toBe('$(KUBERNETES_SERVICE_HOST)');
  });
});

import { describeServerRule } from '../support/server-rule-cases';
import { HASH, client, keystone } from '../support/dex-config-sections';

describeServerRule('DEX208', [
  {
    shows: 'two dollar signs',
    sections: { connectors: keystone("▸'Pa$$WORD'") },
    says: ['that part of the value is lost'],
    severity: 'error',
  },
  {
    shows: 'a password with capitals',
    sections: { connectors: keystone("▸'Winter$A1'") },
    says: ['is lost silently'],
  },
  {
    shows: 'a password with a separator',
    sections: { connectors: keystone("▸'Winter-$A1'") },
    says: ['is lost silently'],
  },
  { shows: 'a number', sections: { connectors: keystone("▸'x$1y'") }, says: ['is lost silently'] },
  { shows: 'a brace', sections: { connectors: keystone("▸'${UNSET:-d}'") }, says: ['is lost silently'] },
  {
    shows: 'dollars before a brace',
    sections: { connectors: keystone("▸'a$${B}'") },
    says: ['is lost silently'],
  },
  {
    shows: 'a password in storage',
    sections: { storage: "{ type: etcd, config: { endpoints: [a], password: ▸'a$b' } }" },
    says: ['`storage.config.password`'],
  },
  {
    shows: 'a signer that is expanded',
    sections: { signer: "{ type: vault, config: { addr: a, keyName: k, token: ▸'hvs.$A1' } }" },
    says: ['`signer.config.token`'],
  },
  {
    shows: 'a variable glued to a word',
    sections: { storage: '{ type: sqlite3, config: { file: ▸/a$B } }' },
    says: ['lost'],
  },
  { shows: 'nothing but a reference', sections: { connectors: keystone('$PASSWORD') } },
  { shows: 'a reference in lowercase letters', sections: { connectors: keystone('$password') } },
  { shows: 'a reference with braces', sections: { connectors: keystone("'${PASSWORD}'") } },
  { shows: 'a reference with braces inside', sections: { connectors: keystone("'${PREFIX}-${PASSWORD}'") } },
  {
    shows: 'a reference with braces and lowercase letters inside',
    sections: { connectors: keystone("'${prefix}-${PASSWORD}'") },
  },
  {
    shows: 'a reference that is set apart',
    sections: { storage: '{ type: etcd, config: { endpoints: [http://$ETCD_HOST:2379] } }' },
  },
  { shows: 'a dollar sign at the end', sections: { connectors: keystone("'pass$'") } },
]);

describeServerRule('DEX308', [
  {
    shows: 'a secret of a client',
    sections: { staticClients: client('id: a, secret: ▸$SECRET') },
    says: ['expands no environment variables in `staticClients[0].secret`'],
    severity: 'error',
    hint: 'use `secretEnv` instead',
  },
  {
    shows: 'an issuer',
    sections: { issuer: '▸https://$HOST/dex' },
    says: ['the text $HOST stays as it is'],
    hint: 'write the value',
  },
  {
    shows: 'braces around lowercase letters',
    sections: { issuer: '▸"https://${host}/dex"' },
    says: ['the text ${host} stays as it is'],
  },
  {
    shows: 'the name of a variable, whose form is checked',
    sections: { staticClients: client('idEnv: $ID, secretEnv: $SECRET') },
  },
  {
    shows: 'a secret with a dollar sign in it',
    sections: { staticClients: client("id: a, secret: 'Winter$A1'") },
  },
  { shows: 'a hash', sections: { staticPasswords: `[{ email: a, hash: ${HASH} }]` } },
  { shows: 'a variable where Dex puts one in', sections: { connectors: keystone('$PASSWORD') } },
]);

describeServerRule('DEX229', [
  {
    shows: 'braces in a file that is a template',
    sections: { frontend: '{ issuer: "▸{{ x }}" }' },
    name: 'config.yaml',
    says: ['runs files with the ending .yaml through gomplate'],
    severity: 'error',
    hint: 'name the file config.yml',
  },
  {
    shows: 'braces in a comment',
    sections: { frontend: '{ issuer: a } # ▸{{' },
    name: 'dex.tmpl',
    says: ['ending .tmpl'],
  },
  { shows: 'braces in another file', sections: { frontend: '{ issuer: "{{ x }}" }' }, name: 'config.yml' },
  { shows: 'no braces', name: 'config.yaml' },
]);

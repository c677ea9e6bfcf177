#!/usr/bin/env node
// A stand-in for kind, k3d and minikube, by the name that it is started with. Its clusters are contexts of $KUBECONFIG that
// lead to the server of the one that is there. What it is started with is recorded in $RECORD; $FAIL makes it fail.
const fs = require('node:fs');
const path = require('node:path');

const name = path.basename(process.argv[1]);
const args = process.argv.slice(2);
const { RECORD, KUBECONFIG, FAIL } = process.env;
fs.appendFileSync(RECORD, `${JSON.stringify([name, ...args])}\n`);

if (name === 'minikube') refuseUnknownFlags(require('./minikube-flags.json'));

/** As minikube does; its flags are those that its documentation has. */
function refuseUnknownFlags(flags) {
  const known = flags[args[0]] ?? flags[args.slice(0, 2).join(' ')];
  for (const arg of args.filter(
    (each) => each.startsWith('--') && ![...known, ...flags.inherited].includes(each),
  )) {
    process.stderr.write(`Error: unknown flag: ${arg}\n`);
    process.exit(80);
  }
}

const file = `${RECORD}.clusters`;
const clusters = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : [];
const save = (changed) => fs.writeFileSync(file, JSON.stringify(changed));
const after = (flag) => args[args.indexOf(flag) + 1];

function create(cluster) {
  process.stderr.write(`Creating cluster "${cluster}" ...\n`);
  if (FAIL) {
    process.stderr.write(`\u001b[31mERROR\u001b[0m: ${FAIL}\n`);
    process.exit(1);
  }
  save([...clusters, cluster]);
  changeContexts((contexts) => [...contexts, { ...contexts[0], name: contextOf(cluster) }]);
}

function remove(cluster) {
  save(clusters.filter((each) => each !== cluster));
  changeContexts((contexts) => contexts.filter((each) => each.name !== contextOf(cluster)));
}

/** What was loaded is kept for the test: `up` removes an archive that it has written. */
function keepArchive() {
  fs.copyFileSync(args[2], `${RECORD}.loaded`);
}

const contextOf = (cluster) => (name === 'minikube' ? cluster : `${name}-${cluster}`);

function changeContexts(change) {
  const config = JSON.parse(fs.readFileSync(KUBECONFIG, 'utf8'));
  config.contexts = change(config.contexts);
  fs.writeFileSync(KUBECONFIG, JSON.stringify(config));
}

const actions = {
  'kind get clusters': () => process.stdout.write(clusters.map((each) => `${each}\n`).join('')),
  'kind create cluster': () => create(/^name: (.*)$/m.exec(fs.readFileSync(after('--config'), 'utf8'))[1]),
  'kind delete cluster': () => remove(after('--name')),
  'kind load image-archive': keepArchive,
  'k3d cluster list': () => process.stdout.write(JSON.stringify(clusters.map((each) => ({ name: each })))),
  'k3d cluster create': () => create(/^ {2}name: (.*)$/m.exec(fs.readFileSync(after('--config'), 'utf8'))[1]),
  'k3d cluster delete': () => remove(args[2]),
  'k3d image import': keepArchive,
  'minikube profile list': () =>
    process.stdout.write(JSON.stringify({ invalid: [], valid: clusters.map((each) => ({ Name: each })) })),
  'minikube start --profile': () => create(after('--profile')),
  'minikube delete --profile': () => remove(after('--profile')),
  'minikube image load': keepArchive,
};
actions[[name, args[0], args[1]].join(' ')]();

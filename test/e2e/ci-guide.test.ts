import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { dump, load, loadAll } from 'js-yaml';
import { describeWithTools, programFromPypi, temporaryDirectory, toolPath } from './harness';
import { blocksOf, checkout, type Block } from './ci/blocks';
import { startCommentsApi, type CommentsApi } from './ci/comments-api';
import { action, run, runAction, type JobResult } from './ci/composite-action';
import { packProgram, type PackedProgram } from './ci/packed';

const GUIDE = 'docs/guide/ci.md';
const { version } = JSON.parse(fs.readFileSync(path.join(checkout, 'package.json'), 'utf8')) as {
  version: string;
};

const DOCUMENT = fs.readFileSync(path.join(checkout, 'examples/production-auth0/pachyderm.yaml'), 'utf8');
const WRONG = DOCUMENT.replace('sessionDuration: 7d', 'sessionDuration: 7 days');

const folder = temporaryDirectory('ci-guide');
let packed: PackedProgram;
beforeAll(() => (packed = packProgram(folder)));
afterAll(() => folder.remove());

/** A Git repository with these files, committed. */
function repository(name: string, files: Readonly<Record<string, string>>): string {
  const place = folder.join(name);
  fs.mkdirSync(place, { recursive: true });
  git(place, ['init', '--quiet', '--initial-branch=main']);
  commit(place, files);
  return place;
}

function commit(place: string, files: Readonly<Record<string, string>>): string {
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
    fs.writeFileSync(path.join(place, file), text);
  }
  git(place, ['add', '--all']);
  git(place, ['commit', '--quiet', '--message', 'Change']);
  return git(place, ['rev-parse', 'HEAD']).trim();
}

function git(place: string, args: readonly string[]): string {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  const { status, stdout, stderr } = spawnSync('git', [...who, ...args], { cwd: place, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}

const clusters = (text: string): Record<string, string> => ({ 'clusters/prod.yaml': text });

/** Runs a script of a pipeline with the packed program in place of the published one. */
function shell(script: string, place: string, variables: Readonly<Record<string, string>> = {}) {
  const environment = {
    ...process.env,
    ...variables,
    CI: 'true',
    PATH: `${packed.bin}:${process.env['PATH']}`,
  };
  return run('sh', ['-e', '-c', script], { cwd: place, env: environment });
}

const blocks = blocksOf(GUIDE);
const under = (heading: string, language = 'yaml'): readonly Block[] => {
  const found = blocks.filter((block) => block.heading === heading && block.language === language);
  if (found.length === 0) throw new Error(`${GUIDE} has no ${language} under "${heading}"`);
  return found;
};
const only = (heading: string, has: string, language = 'yaml'): string => {
  const [block, ...others] = under(heading, language).filter(({ text }) => text.includes(has));
  if (!block || others.length > 0)
    throw new Error(`${GUIDE} has not one block with ${has} under "${heading}"`);
  return block.text;
};

test('names the version that is published with it', () => {
  const named = blocks.flatMap(
    ({ text }) => text.match(/(?<=pachkit(?:\/pachkit)?(?:@|\/)v?)\d+\.\d+\.\d+/g) ?? [],
  );
  expect(named.length).toBeGreaterThan(4);
  expect(new Set(named)).toEqual(new Set([version]));
});

describeWithTools('Workflows of GitHub', ['actionlint'], () => {
  test('are right, and give the action inputs that it has', () => {
    const place = repository('workflows', {
      'action.yml': fs.readFileSync(path.join(checkout, 'action.yml'), 'utf8'),
    });
    const files = under('GitHub Actions').map(({ text }, index) => {
      const file = path.join(place, `.github/workflows/guide-${index}.yml`);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text.replace(/pachkit\/pachkit@v[\d.]+/, './'));
      return file;
    });
    expect(files).toHaveLength(2);
    const { status, stdout } = spawnSync(toolPath('actionlint'), files, { cwd: place, encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, '']);
    fs.writeFileSync(
      files[0] as string,
      under('GitHub Actions')[0]!
        .text.replace(/pachkit\/pachkit@v[\d.]+/, './')
        .replace('diff:', 'dif:'),
    );
    expect(spawnSync(toolPath('actionlint'), files, { cwd: place, encoding: 'utf8' }).stdout).toContain(
      'dif',
    );
  });
});

describeWithTools('the workflow with a dev cluster', ['actionlint'], () => {
  const TEMPLATE = 'templates/dev-cluster.yml';
  const text = fs.readFileSync(path.join(checkout, TEMPLATE), 'utf8');
  const lint = (name: string, content: string) => {
    const place = repository(name, { '.github/workflows/dev-cluster.yml': content });
    const file = path.join(place, '.github/workflows/dev-cluster.yml');
    return spawnSync(toolPath('actionlint'), [file], { cwd: place, encoding: 'utf8' });
  };

  test('is right', () => {
    const { status, stdout } = lint('dev-workflow', text);
    expect([status, stdout]).toEqual([0, '']);
    expect(lint('wrong-dev-workflow', text.replace('failure()', 'failed()')).stdout).toContain('failed');
  });

  test('takes the version that is published with it, as the dev container does', () => {
    const container = 'examples/dev-kind/.devcontainer/devcontainer.json';
    for (const file of [TEMPLATE, container])
      expect(fs.readFileSync(path.join(checkout, file), 'utf8').match(/(?<=pachkit@)[\d.]+/g)).toEqual([
        version,
      ]);
  });
});

interface Workflow {
  readonly jobs: {
    readonly pachkit: {
      readonly steps: readonly { uses?: string; run?: string; with?: Record<string, unknown> }[];
    };
  };
}
const stepsOf = (text: string) => (load(text) as Workflow).jobs.pachkit.steps;

test('the workflow without the action annotates', async () => {
  const script =
    stepsOf(only('GitHub Actions', 'npx')).find(({ run: line }) => line !== undefined)?.run ?? '';
  const wrong = await shell(script, repository('plain-workflow', clusters(WRONG)));
  expect([wrong.status, wrong.output]).toEqual([
    1,
    expect.stringMatching(/^::error title=SCH\d+,file=clusters\/prod.yaml,line=/m),
  ]);
  expect((await shell(script, repository('fine-workflow', clusters(DOCUMENT)))).status).toBe(0);
});

describe('the action', () => {
  const TOKEN = 'token-of-the-job';
  let api: CommentsApi;
  beforeAll(async () => (api = await startCommentsApi(TOKEN)));
  afterAll(() => api.stop());
  beforeEach(() => {
    api.comments.length = 0;
    api.refusal = undefined;
  });

  const inputs = Object.fromEntries(
    Object.entries(
      stepsOf(only('GitHub Actions', 'pull-requests')).find(({ uses }) => uses?.startsWith('pachkit/'))
        ?.with ?? {},
    ).map(([name, value]) => [name, String(value)]),
  );

  let jobs = 0;
  /** A job for a pull request that changes the files of the base. */
  function job(
    workspace: string,
    base: string,
    more: Readonly<Record<string, string>> = {},
    id = 'pachkit',
  ): Promise<JobResult> {
    const temporary = folder.join(`job-${jobs++}`);
    fs.mkdirSync(temporary);
    return runAction({
      workspace,
      temporary,
      inputs: { ...inputs, version: `file:${packed.tarball}`, ...more },
      github: {
        token: TOKEN,
        event_name: 'pull_request',
        'event.pull_request.base.sha': base,
        'event.pull_request.number': '7',
      },
      environment: {
        GITHUB_API_URL: api.url,
        GITHUB_REPOSITORY: 'acme/clusters',
        GITHUB_WORKFLOW: 'Review',
        GITHUB_JOB: id,
      },
    });
  }
  const changed = DOCUMENT.replace('release: 2.11.6', 'release: 2.11.7');
  const place = (
    name: string,
    before: Record<string, string>,
    after: Record<string, string>,
  ): [string, string] => {
    const workspace = repository(name, before);
    const base = git(workspace, ['rev-parse', 'HEAD']).trim();
    commit(workspace, after);
    return [workspace, base];
  };

  test('annotates, writes SARIF and the summary of the job, and fails', async () => {
    const [workspace, base] = place('wrong', clusters(DOCUMENT), clusters(WRONG));
    const { status, log, summary, outputs } = await job(workspace, base);
    expect([status, log]).toEqual([
      1,
      expect.stringMatching(/^::error title=SCH\d+,file=clusters\/prod.yaml/m),
    ]);
    expect(summary).toContain('### pachkit: 1 error');
    expect(outputs['sarif']).toBe(path.join(workspace, 'pachkit.sarif'));
    expect(JSON.parse(fs.readFileSync(String(outputs['sarif']), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(api.comments).toEqual([]);
  });

  test('keeps one comment: what changes, and that nothing does any more', async () => {
    const [workspace, base] = place('change', clusters(DOCUMENT), clusters(changed));
    api.say('<!-- pachkit diff 0123456789abcdef -->\nmine');
    for (let others = 0; others < 120; others++) api.say('looks good');
    const first = await job(workspace, base);
    expect([first.status, first.log]).toEqual([0, expect.not.stringContaining('warning')]);
    expect(git(workspace, ['status', '--porcelain'])).toBe('?? pachkit.sarif\n');
    expect(api.comments).toHaveLength(122);
    expect(api.comments[0]?.body).toContain('mine');
    const body = (): string => String(api.comments.at(-1)?.body);
    expect(body()).toContain('- pachd moves from 2.11.6 to 2.11.7');
    expect(body()).toContain('| update | Deployment/pachd | restart |');
    expect(first.summary).toContain('pachd moves from');
    commit(workspace, clusters(DOCUMENT));
    await job(workspace, base);
    expect(api.comments).toHaveLength(122);
    expect(body()).toContain('Nothing in `clusters/*.yaml` differs');
  });

  test('keeps a comment for each job, and for each step with other documents', async () => {
    const both = (text: string): Record<string, string> => ({
      ...clusters(text),
      'staging.yaml': text.replace('name: production', 'name: staging'),
    });
    const [workspace, base] = place('jobs', both(DOCUMENT), both(changed));
    const run = async (): Promise<readonly string[]> => {
      for (const [files, id] of [
        ['clusters/*.yaml', 'prod'],
        ['staging.yaml', 'prod'],
        ['clusters/*.yaml', 'again --> "$(id)"'],
      ] as const)
        expect(await job(workspace, base, { files }, id)).toMatchObject({ status: 0 });
      return api.comments.map(({ body }) => body);
    };
    const first = await run();
    expect(first).toEqual([
      expect.stringContaining('production'),
      expect.stringContaining('staging'),
      expect.stringContaining('production'),
    ]);
    expect(new Set(first.map((body) => /^<!-- pachkit diff [0-9a-f]{16} -->\n/.exec(body)?.[0])).size).toBe(
      3,
    );
    // Each finds its own again.
    expect(await run()).toEqual(first);
    commit(workspace, { 'staging.yaml': String(both(DOCUMENT)['staging.yaml']) });
    const [prod, staging, again] = await run();
    expect([prod, again]).toEqual([first[0], first[2]]);
    expect(staging).toContain('Nothing in `staging.yaml` differs from the base');
  });

  test('says nothing where nothing differs', async () => {
    const [workspace, base] = place('same', clusters(DOCUMENT), { 'notes.txt': 'x' });
    expect((await job(workspace, base)).status).toBe(0);
    expect(api.comments).toEqual([]);
  });

  test('says that a document is new, and what of it is Markdown stays text', async () => {
    const [workspace, base] = place('new', { 'x.txt': '' }, { 'clusters/sta`g ing.yaml': DOCUMENT });
    expect((await job(workspace, base)).status).toBe(0);
    expect(api.comments.map(({ body }) => body)).toEqual([
      expect.stringContaining('`clusters/stag ing.yaml` is new'),
    ]);
  });

  test('says that a document is removed', async () => {
    const [workspace, base] = place(
      'removed',
      { ...clusters(DOCUMENT), 'clusters/old.yaml': DOCUMENT },
      { 'x.txt': '' },
    );
    git(workspace, ['rm', '--quiet', 'clusters/old.yaml']);
    expect((await job(workspace, base)).status).toBe(0);
    expect(api.comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(
        /^<!-- pachkit diff \w+ -->\n### pachkit diff: removed\n\n`clusters\/old.yaml` is removed.\n$/,
      ),
    ]);
  });

  test('says that the base has errors, where it has', async () => {
    const [workspace, base] = place('mended', clusters(WRONG), clusters(DOCUMENT));
    expect((await job(workspace, base)).status).toBe(0);
    const [{ body = '' } = {}] = api.comments;
    expect(body).toContain('`clusters/prod.yaml` cannot be compared with the base of this pull request');
    expect(body).toMatch(/\| error \| SCH\d+ \| base: clusters\/prod.yaml:\d+ \|/);
  });

  test('gives the token to the step that comments alone: documents may be programs', () => {
    expect(
      action.runs.steps
        .filter(({ env = {} }) => Object.values(env).some((text) => text.includes('inputs.token')))
        .map(({ run: script }) => script.trim()),
    ).toEqual(['node "$GITHUB_ACTION_PATH/scripts/action/comment.mjs" "$RUNNER_TEMP/pachkit-diff.md"']);
  });

  test('puts the text into the summary where the token may not comment', async () => {
    const [workspace, base] = place('fork', clusters(DOCUMENT), clusters(changed));
    api.refusal = 403;
    const { status, log, summary } = await job(workspace, base);
    expect([status, log]).toEqual([
      0,
      expect.stringContaining('::warning title=pachkit::what changes is not commented'),
    ]);
    expect(summary).toContain('pachd moves from');
    expect(log).not.toContain(TOKEN);
  });

  test('takes names and inputs as they are, not as options or commands', async () => {
    const names = {
      '--fix.yaml': DOCUMENT,
      '$(touch hacked).yaml': DOCUMENT,
      "a 'b;touch hacked;.yaml": DOCUMENT,
    };
    const [workspace, base] = place('hostile', { 'x.txt': '' }, names);
    const { status, log } = await job(workspace, base, {
      files: '*.yaml\n\n  $(touch hacked)\n`touch hacked`',
      baseline: 'x"; touch hacked; "',
      diff: 'false',
    });
    expect([status, log]).toEqual([2, expect.stringContaining('$(touch hacked)')]);
    expect(fs.existsSync(path.join(workspace, 'hacked'))).toBe(false);
    expect(fs.readdirSync(workspace).sort()).toEqual(expect.arrayContaining(Object.keys(names)));
  });

  test('hands no expression to a shell but through the environment', () => {
    expect(
      action.runs.steps.map(({ run: script }) => script).filter((script) => script.includes('${{')),
    ).toEqual([]);
  });
});

describe('GitLab', () => {
  interface GitlabJob {
    readonly script: readonly string[];
    readonly variables?: Readonly<Record<string, string>>;
    readonly artifacts: { readonly reports: { readonly codequality: string; readonly junit: string } };
  }

  /** The job of a template, with `$[[ inputs.… ]]` replaced as GitLab does. */
  function jobOf(template: string, given: Readonly<Record<string, string>>): GitlabJob {
    const [head, ...body] = template.split(/^---$/m);
    const { spec } = load(head ?? '') as { spec: { inputs: Record<string, { default: string }> } };
    expect(Object.keys(spec.inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
    const text = body.join('---').replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
      const value = given[name] ?? spec.inputs[name]?.default;
      if (value === undefined) throw new Error(`the template has no input ${name}`);
      return value;
    });
    return (loadAll(text)[0] as Record<string, GitlabJob>)['pachkit-validate'] as GitlabJob;
  }

  async function runs(job: GitlabJob, name: string): Promise<void> {
    const place = repository(name, {
      ...clusters(WRONG),
      'clusters/fine.yaml': DOCUMENT.replace('name: production', 'name: fine'),
    });
    const { status, output } = await shell(job.script.join('\n'), place, job.variables);
    expect([status, output]).toEqual([1, expect.stringContaining('clusters/prod.yaml')]);
    const { codequality, junit } = job.artifacts.reports;
    const findings = JSON.parse(fs.readFileSync(path.join(place, codequality), 'utf8')) as {
      location: { path: string };
    }[];
    expect(new Set(findings.map(({ location }) => location.path))).toContain('clusters/prod.yaml');
    expect(fs.readFileSync(path.join(place, junit), 'utf8')).toContain('name="clusters/fine.yaml"');
  }

  test('the component reports, with the inputs of the guide', async () => {
    const { include } = load(only('GitLab', 'include')) as {
      include: [{ remote: string; inputs: Record<string, string> }];
    };
    const [{ remote, inputs }] = include;
    const file = remote.replace(`https://raw.githubusercontent.com/pachkit/pachkit/v${version}/`, '');
    await runs(jobOf(fs.readFileSync(path.join(checkout, file), 'utf8'), inputs), 'gitlab-component');
  });

  test('the job without the component does, too', async () => {
    await runs((load(only('GitLab', 'node:22-slim')) as { pachkit: GitlabJob }).pachkit, 'gitlab-job');
  });
});

const preCommit = programFromPypi('pre-commit', '4.7.0');
('file' in preCommit ? describe : describe.skip)('pre-commit', () => {
  const program = 'file' in preCommit ? preCommit.file : '';
  if ('reason' in preCommit) process.stderr.write(`SKIPPED pre-commit, ${preCommit.reason}\n`);

  async function commits(name: string, configuration: unknown): Promise<void> {
    const place = repository(name, {
      '.pre-commit-config.yaml': dump(configuration),
      ...clusters(DOCUMENT),
      'other.yaml': 'a: 1\n',
    });
    const environment = { ...process.env, PRE_COMMIT_HOME: folder.join('pre-commit') };
    const all = await run(program, ['run', '--all-files'], { cwd: place, env: environment });
    expect([all.status, all.output]).toEqual([0, expect.stringMatching(/pachkit validate\.+Passed/)]);
    commit(place, clusters(WRONG));
    const wrong = await run(program, ['run', '--all-files'], { cwd: place, env: environment });
    expect([wrong.status, wrong.output]).toEqual([
      1,
      expect.stringMatching(/Failed[^]*clusters\/prod\.yaml:\d+/),
    ]);
  }

  interface Configuration {
    repos: [{ repo: string; rev?: string; hooks: [{ additional_dependencies?: string[] }] }];
  }

  test('takes the hook of the repository', async () => {
    const configuration = load(only('Before a commit', 'rev:')) as Configuration;
    // The checkout as it is now, with what is not committed yet.
    const source = folder.join('source');
    const files = git(checkout, ['ls-files', '--cached', '--others', '--exclude-standard', '-z'])
      .split('\0')
      .filter(Boolean);
    for (const file of files.filter((each) => fs.existsSync(path.join(checkout, each)))) {
      fs.mkdirSync(path.dirname(path.join(source, file)), { recursive: true });
      fs.copyFileSync(path.join(checkout, file), path.join(source, file));
    }
    git(source, ['init', '--quiet', '--initial-branch=main']);
    const [hooks] = configuration.repos;
    await commits('hook', { repos: [{ ...hooks, repo: source, rev: commit(source, {}) }] });
  }, 600_000);

  test('takes the package as a hook of its own', async () => {
    const configuration = load(only('Before a commit', 'repo: local')) as Configuration;
    const [{ hooks }] = configuration.repos;
    expect(hooks[0].additional_dependencies).toEqual([`pachkit@${version}`]);
    hooks[0].additional_dependencies = [packed.tarball];
    await commits('own-hook', configuration);
  });
});

describe('any shell', () => {
  test('validates', async () => {
    const place = repository('shell', clusters(DOCUMENT));
    const [script = ''] = [only('Any other pipeline', 'junit', 'sh')];
    const { status, output } = await shell(script, place);
    expect([status, output]).toEqual([0, expect.stringContaining('valid: ')]);
    expect(fs.readFileSync(path.join(place, 'pachkit.xml'), 'utf8')).toContain('clusters/prod.yaml');
  });

  test('compares with the main branch', async () => {
    const place = repository('branch/work', clusters(DOCUMENT));
    git(place, ['update-ref', 'refs/remotes/origin/main', 'HEAD']);
    commit(place, clusters(DOCUMENT.replace('release: 2.11.6', 'release: 2.11.7')));
    const { status, output } = await shell(only('Any other pipeline', 'worktree', 'sh'), place);
    expect([status, output]).toEqual([0, expect.stringContaining('pachd moves from 2.11.6 to 2.11.7')]);
  });

  test('writes a baseline, and begins with what is new', async () => {
    const place = repository('baseline', clusters(WRONG));
    const { status, output } = await shell(
      only('Old files with many findings', 'baseline', 'sh').replaceAll(/^pachkit/gm, 'npx --yes pachkit'),
      place,
    );
    expect([status, output]).toEqual([0, expect.stringContaining('known')]);
  });
});

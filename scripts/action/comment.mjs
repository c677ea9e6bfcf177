// Keeps one comment on a pull request: writes it, writes it anew, and says so when nothing differs any more. Jobs, and steps
// of a job that compare other documents, have comments of their own.
//
//   node comment.mjs BODY.md    with GITHUB_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_WORKFLOW, GITHUB_JOB,
//                               PULL_REQUEST, PACHKIT_FOLDER and PACHKIT_FILES
//
// A token that may not comment, as for pull requests of forks, is no failure: the text goes to the summary of the job.
import { createHash } from 'node:crypto';
import fs from 'node:fs';

/** GitHub takes 65,536 characters. */
const MOST_CHARACTERS = 65_000;

const { GITHUB_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY, PULL_REQUEST, GITHUB_STEP_SUMMARY } = process.env;
const { GITHUB_WORKFLOW, GITHUB_JOB, PACHKIT_FOLDER, PACHKIT_FILES } = process.env;
const patterns = PACHKIT_FILES.split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '');
/** Knows the comment again. A digest, as a name may have what ends a comment of HTML. */
const MARK = `<!-- pachkit diff ${createHash('sha256')
  .update(JSON.stringify([GITHUB_WORKFLOW, GITHUB_JOB, PACHKIT_FOLDER, patterns]))
  .digest('hex')
  .slice(0, 16)} -->`;
const comments = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/issues/${PULL_REQUEST}/comments`;

async function ask(method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${GITHUB_TOKEN}`,
      'user-agent': 'pachkit',
      'x-github-api-version': '2022-11-28',
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify({ body }) }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) throw new Error(`GitHub answers ${answer.status} to ${method} of the comment`);
  return answer.json();
}

/** Whose comments are replaced: those of the token's own user; a token of an application has none, and is a bot. */
async function isOwn() {
  const login = await ask('GET', `${GITHUB_API_URL}/user`).then(
    (user) => user.login,
    () => undefined,
  );
  return ({ user, body }) =>
    body?.startsWith(MARK) && (login === undefined ? user?.type === 'Bot' : user?.login === login);
}

async function ownComment() {
  const own = await isOwn();
  for (let page = 1; ; page++) {
    const list = await ask('GET', `${comments}?per_page=100&page=${page}`);
    const found = list.find(own);
    if (found || list.length < 100) return found;
  }
}

const text = fs.readFileSync(process.argv[2], 'utf8').trim();
const inCode = (pattern) => `\`${pattern.replaceAll('`', '')}\``;
const shown =
  text === ''
    ? `Nothing in ${patterns.map(inCode).join(', ')} differs from the base of this pull request any more.`
    : text;
const kept =
  shown.length > MOST_CHARACTERS
    ? `This pull request changes more than a comment can hold: the summary of the job has all of it.`
    : shown;
if (text !== '' && GITHUB_STEP_SUMMARY) fs.appendFileSync(GITHUB_STEP_SUMMARY, `${text}\n\n`);
try {
  const own = await ownComment();
  const body = `${MARK}\n${kept}\n`;
  if (own && own.body !== body) await ask('PATCH', own.url, body);
  else if (!own && text !== '') await ask('POST', comments, body);
} catch (error) {
  // Of workflow commands the text is one line, with % and line ends escaped.
  const reason = error.message.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  console.log(
    `::warning title=pachkit::what changes is not commented, and is in the summary of the job: ${reason}`,
  );
}

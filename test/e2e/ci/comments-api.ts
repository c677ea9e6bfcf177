import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A comment as GitHub's API has it. */
export interface Comment {
  readonly url: string;
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' };
  body: string;
}

export interface CommentsApi {
  readonly url: string;
  /** Comments of the pull request, the oldest first. */
  readonly comments: Comment[];
  /** What it answers to everything that writes, instead of doing it. */
  refusal: number | undefined;
  say(body: string, user?: Comment['user']): void;
  stop(): void;
}

const BOT = { login: 'github-actions[bot]', type: 'Bot' } as const;

/** Stands in for the API of GitHub: the comments of pull request 7 of acme/clusters, for a token of a job, which has no user. */
export async function startCommentsApi(token: string): Promise<CommentsApi> {
  const comments: Comment[] = [];
  const server = http.createServer((incoming, answer) => {
    let text = '';
    incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
    incoming.on('end', () => {
      const { pathname, searchParams } = new URL(incoming.url ?? '/', api.url);
      const reply = (status: number, body: unknown): void => {
        answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      const given = text === '' ? '' : (JSON.parse(text) as { body: string }).body;
      if (incoming.headers.authorization !== `Bearer ${token}`) return reply(401, {});
      if (incoming.method !== 'GET' && api.refusal !== undefined) return reply(api.refusal, {});
      if (pathname === '/repos/acme/clusters/issues/7/comments') {
        if (incoming.method === 'POST') {
          api.say(given, BOT);
          return reply(201, comments.at(-1));
        }
        const page = Number(searchParams.get('page'));
        return reply(200, comments.slice((page - 1) * 100, page * 100));
      }
      const comment = comments.find(({ url }) => url === `${api.url}${pathname}`);
      if (incoming.method === 'PATCH' && comment) {
        comment.body = given;
        return reply(200, comment);
      }
      return reply(403, { message: 'Resource not accessible by integration' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api: CommentsApi = {
    url,
    comments,
    refusal: undefined,
    say: (body, user = { login: 'eve', type: 'User' }) =>
      void comments.push({
        url: `${url}/repos/acme/clusters/issues/comments/${comments.length + 1}`,
        user,
        body,
      }),
    stop: () => void server.close(),
  };
  return api;
}

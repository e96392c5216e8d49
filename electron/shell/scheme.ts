/** The app:// scheme: the renderer's files, documents and uploads, through the web host's own doors. */
import { Readable } from 'node:stream';
import { protocol } from 'electron';
import type { Session } from 'electron';
import { contentSecurityPolicy } from '../../shared/csp.ts';
import type { App } from '../app.ts';
import { seesContent } from '../rpc/authorize.ts';
import { documentResponse } from '../rpc/document-response.ts';
import type { StaticFile } from '../web/static-files.ts';
import { appScheme, resolveAppUrl } from './policy.ts';

/** Comes before `ready`, or the scheme has no origin and pdf.js no fetch. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ]);
}

const everyAnswer = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Serves one session; the client is the session's own, so no page can name another. */
export function serveAppScheme(
  session: Session,
  client: string,
  app: App,
  files: ReadonlyMap<string, StaticFile>,
): void {
  const names = new Set(files.keys());
  session.protocol.handle(appScheme, async (request) => {
    const asked = resolveAppUrl(request.url, request.method, names);
    switch (asked.type) {
      case 'refused':
        return new Response(null, { status: 404, headers: everyAnswer });
      case 'file': {
        const file = files.get(asked.path) as StaticFile;
        return new Response(Readable.toWeb(file.open()) as ReadableStream, {
          headers: { ...everyAnswer, 'content-type': file.type },
        });
      }
      case 'document': {
        const range = request.headers.get('range');
        const answer = documentResponse(app.documents, client, asked.path, range);
        const body =
          answer.body === null
            ? null
            : (Readable.toWeb(Readable.from(answer.body, { objectMode: false })) as ReadableStream);
        return new Response(body, {
          status: answer.status,
          headers: { ...everyAnswer, ...answer.headers },
        });
      }
      case 'upload': {
        if (!seesContent(app.standingOf(client)) || request.body === null)
          return new Response(null, { status: 403, headers: everyAnswer });
        const parts = request.body as unknown as AsyncIterable<Uint8Array>;
        const received = await app.uploads.receive(client, parts);
        return received.ok
          ? Response.json(received.value, { headers: everyAnswer })
          : Response.json({ error: received.error }, { status: 422, headers: everyAnswer });
      }
    }
  });
}

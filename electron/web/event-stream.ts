/** GET /events: what the host tells this client, as it may see it (HTML, server-sent events). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { encode } from '../../shared/rpc/codec.ts';
import type { HostEvent } from '../../shared/rpc/transport.ts';
import type { App } from '../app.ts';
import { authorizeNews } from '../rpc/authorize.ts';

const heartbeat = 20_000;

export function streamEvents(
  app: Pick<App, 'events' | 'standingOf'>,
  client: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.write('retry: 1000\n\n');
  let number = 0;
  const send = (event: HostEvent) => {
    number += 1;
    response.write(`id: ${number}\ndata: ${encode(event)}\n\n`);
  };
  // A stream that comes back may have missed anything that it may hear of: views refetch.
  if (request.headers['last-event-id'] !== undefined) {
    const standing = app.standingOf(client);
    const missed = ['session.changed', 'archive.changed', 'settings.changed'] as const;
    for (const type of missed) if (authorizeNews(standing, type)) send({ type });
    if (standing.state === 'signer') send({ type: 'job.changed', job: standing.job });
  }
  const stop = app.events.listen(client, send);
  const beat = setInterval(() => response.write(': \n\n'), heartbeat);
  response.on('close', () => {
    clearInterval(beat);
    stop();
  });
}

/** GET /events: what the host tells this client, as it may see it (HTML, server-sent events). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { encode } from '../../shared/rpc/codec.ts';
import type { HostEvent } from '../../shared/rpc/transport.ts';
import type { App } from '../app.ts';

const heartbeat = 20_000;

export function streamEvents(
  app: Pick<App, 'events'>,
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
  // A stream that comes back may have missed anything: views refetch.
  if (request.headers['last-event-id'] !== undefined) {
    send({ type: 'session.changed' });
    send({ type: 'archive.changed' });
    send({ type: 'settings.changed' });
  }
  const stop = app.events.listen(client, send);
  const beat = setInterval(() => response.write(': \n\n'), heartbeat);
  response.on('close', () => {
    clearInterval(beat);
    stop();
  });
}

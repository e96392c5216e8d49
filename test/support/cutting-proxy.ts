/** A network between a kiosk and its workstation that is cut, slow, or loses what comes back. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface CuttingProxy {
  readonly port: number;
  /** `through`: as it is; `gone`: nothing is answered; `deaf`: all arrives, and the answer is lost. */
  mode: 'through' | 'gone' | 'deaf';
  /** Milliseconds that every piece is late. */
  late: number;
  /** Ends what is connected now. */
  cut(): void;
  close(): Promise<void>;
}

export async function startCuttingProxy(to: {
  readonly address: string;
  readonly port: number;
}): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  const pass = (from: Socket, into: Socket, allowed: () => boolean) =>
    from.on('data', (piece) => {
      const go = () => {
        if (allowed() && !into.destroyed) into.write(piece);
      };
      if (self.late > 0) setTimeout(go, self.late);
      else go();
    });
  const server = createServer((near) => {
    open.add(near);
    if (self.mode === 'gone') return;
    const far = connect(to.port, to.address);
    open.add(far);
    // The first piece is the greeting of TLS; what follows is what was asked.
    let pieces = 0;
    near.on('data', () => {
      pieces += 1;
    });
    pass(near, far, () => self.mode !== 'gone');
    pass(far, near, () => self.mode === 'through' || (self.mode === 'deaf' && pieces < 2));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        // What is late arrives before the end does.
        setTimeout(() => other.destroy(), self.late * 2);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const self: CuttingProxy = {
    port: (server.address() as AddressInfo).port,
    mode: 'through',
    late: 0,
    cut() {
      for (const socket of open) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        self.cut();
        server.close(() => resolve());
      }),
  };
  return self;
}

/** A process for a card driver in Electron: outside the window's sandbox, outside the main process. */
import { utilityProcess } from 'electron';
import type { CardChild, FromCard } from '../eid/card/protocol.ts';

/** `script` is the bundled card process. */
export function utilityCardProcess(script: string): CardChild {
  const child = utilityProcess.fork(script, [], { serviceName: 'Skranke card', stdio: 'ignore' });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromCard)),
    onExit: (listener) => void child.on('exit', listener),
    kill() {
      const { pid } = child;
      // A driver that hangs in native code hears no polite request.
      if (pid === undefined) child.kill();
      else process.kill(pid, 'SIGKILL');
    },
  };
}

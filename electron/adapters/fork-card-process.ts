/** A process for a card driver in Node: the web host and the command line. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CardChild, FromCard } from '../eid/card/protocol.ts';

export function forkCardProcess(): CardChild {
  const child = fork(fileURLToPath(cardScript()), [], {
    // Buffers cross as they are.
    serialization: 'advanced',
    execArgv: [],
    // Drivers write to both what they please.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // A driver that nobody waits for must not keep the program alive.
  child.unref();
  child.channel?.unref();
  return {
    send(message) {
      // A process that has just died is heard of by its exit.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromCard)),
    onExit(listener) {
      child.on('exit', listener);
      child.on('error', listener);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** In the sources as it is written; beside this file where the program has been bundled. */
export function cardScript(): URL {
  const path = import.meta.url.endsWith('.ts')
    ? '../eid/card/card-process.ts'
    : './card-process.js';
  return new URL(path, import.meta.url);
}

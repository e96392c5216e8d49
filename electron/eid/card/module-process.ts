/**
 * One driver behind one process. Every question has a time limit; a process that does not answer is
 * killed, and the next question gets a new one. Nothing here waits on native code.
 */
import { fail, type Result } from '../../../shared/result.ts';
import { crashed, hung } from './faults.ts';
import type { CardAsk, CardChild, SpawnCardProcess } from './protocol.ts';

export interface ModuleProcess {
  readonly path: string;
  /** The answer's type is the asker's: the process only passes plain data on. */
  ask<T>(ask: CardAsk, milliseconds: number): Promise<Result<T>>;
  /** Ends the process; what was asked answers `card.stopped`. */
  stop(): void;
}

interface Waiting {
  readonly resolve: (result: Result<never>) => void;
  readonly timer: NodeJS.Timeout;
}

export function createModuleProcess(
  path: string,
  spawn: SpawnCardProcess,
  onChanged: () => void,
): ModuleProcess {
  let child: CardChild | null = null;
  let last = 0;
  const waiting = new Map<number, Waiting>();

  function end(result: Result<never>): void {
    const gone = child;
    child = null;
    for (const [id, { resolve, timer }] of waiting) {
      clearTimeout(timer);
      waiting.delete(id);
      resolve(result);
    }
    gone?.kill();
  }

  function start(): CardChild {
    const fresh = spawn();
    fresh.onMessage((message) => {
      if (child !== fresh) return;
      if (message.type === 'changed') return onChanged();
      const asked = waiting.get(message.id);
      if (asked === undefined) return;
      waiting.delete(message.id);
      clearTimeout(asked.timer);
      asked.resolve(message.result as Result<never>);
    });
    fresh.onExit(() => {
      if (child === fresh) end(crashed);
    });
    return fresh;
  }

  return {
    path,
    ask: (ask, milliseconds) =>
      new Promise((resolve) => {
        child ??= start();
        last += 1;
        const timer = setTimeout(() => end(hung), milliseconds);
        waiting.set(last, { resolve, timer });
        child.send({ id: last, module: path, ask });
      }),
    stop: () => end(fail('card.stopped', 'The program is being closed.')),
  };
}

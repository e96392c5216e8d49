/** Work that is asked for twice while it is under way is done once, and both hear what came of it. */

export interface UnderWay<T> {
  once(key: string, work: () => Promise<T>): Promise<T>;
}

export function createUnderWay<T>(): UnderWay<T> {
  const running = new Map<string, Promise<T>>();
  return {
    once(key, work) {
      const found = running.get(key);
      if (found !== undefined) return found;
      const made = work().finally(() => running.delete(key));
      running.set(key, made);
      return made;
    },
  };
}

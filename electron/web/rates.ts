/** How often one caller may ask: a bucket that empties with each request and fills with time. */

export interface Rates {
  /** False for one too many. */
  take(who: string): boolean;
}

/** More callers than an office has; the least recent go first. */
const most = 1000;

export function createRates(
  { burst, perSecond }: { readonly burst: number; readonly perSecond: number },
  now: () => number = () => performance.now(),
): Rates {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(who) {
      const at = now();
      const found = buckets.get(who) ?? { left: burst, at };
      const left = Math.min(burst, found.left + ((at - found.at) / 1000) * perSecond);
      buckets.delete(who);
      buckets.set(who, { left: Math.max(0, left - 1), at });
      for (const oldest of buckets.keys()) {
        if (buckets.size <= most) break;
        buckets.delete(oldest);
      }
      return left >= 1;
    },
  };
}

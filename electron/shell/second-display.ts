/** Which display a kiosk's window goes to: one that nobody's desk stands on. */

export interface DisplayLike {
  readonly id: number;
  readonly bounds: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

/** `taken`: displays that show a desk or another kiosk. Null where there is no other. */
export function freeDisplay<T extends DisplayLike>(
  displays: readonly T[],
  taken: ReadonlySet<number>,
): T | null {
  return displays.find(({ id }) => !taken.has(id)) ?? null;
}

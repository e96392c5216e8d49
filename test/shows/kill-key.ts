/** The archive key of the crash run: nobody's secret. */
export const killKey = new Uint8Array(32).fill(7);

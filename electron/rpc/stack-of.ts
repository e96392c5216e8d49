/** Where it broke, without the message: a message may quote what a person wrote. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return `${error.name} ${frames
    .slice(0, 6)
    .map((line) => line.trim())
    .join(' | ')}`;
}

/** How long something took, in the report and on the shell; no test fails by it. */
import { test } from '@playwright/test';

export function took(what: string, began: number): void {
  const description = `${String(Math.round(performance.now() - began))} ms`;
  test.info().annotations.push({ type: what, description });
  console.log(`${what}: ${description}`);
}

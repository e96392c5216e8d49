import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { migration003 } from '../../../electron/archive/migrations/003-book.ts';

it('is frozen', () => {
  const text = JSON.stringify(migration003);
  expect(createHash('sha256').update(text).digest('hex')).toBe(
    '689590a59e9085c51938b235517f344a37e46a664b90b3ea244e5d857e12cfc8',
  );
});

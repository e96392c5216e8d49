import { describe, expect, it } from 'vitest';
import { isCanonicalText } from '../../electron/archive/canonical-text.ts';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Json } from '../../shared/result.ts';

describe('a text that is canonical JSON', () => {
  it.each<readonly [Json]>([
    [null],
    [true],
    [0],
    [-12],
    [1.5],
    [1e21],
    [123456789012345680],
    ['Åse «Ø»'],
    ['a "quoted" \\ line\n\u0001'],
    ['𝄞'],
    [[]],
    [{}],
    [[1, [2, {}], 'x', false]],
    [{ b: [{ z: 1, a: null }], a: { c: 'x', B: -1 }, å: 0, '10': 1 }],
  ])('%j', (value) => {
    expect(isCanonicalText(canonicalJson(value))).toBe(true);
  });

  it.each([
    '',
    ' {}',
    '{} ',
    '{"a":1,}',
    '[1,]',
    '[,1]',
    '{"b":1,"a":2}',
    '{"a":1,"a":1}',
    '{"a" :1}',
    '{"a":1}{}',
    '{"a":01}',
    '{"a":-0}',
    '{"a":-}',
    '{"a":1.0}',
    '{"a":1e2}',
    '{"a":9007199254740993}',
    '{"a":tru}',
    '{"a":"\\u0061"}',
    '{"a":"\t"}',
    '{"a":"\\ud800"',
    '"open',
    '{"a"',
    '{"a":',
    '[',
    '{1:2}',
    'undefined',
    'NaN',
  ])('is not %j', (text) => {
    expect(isCanonicalText(text)).toBe(false);
  });

  it('may be deeper than one looks at once', () => {
    const deep = `${'['.repeat(300)}${']'.repeat(300)}`;
    expect(isCanonicalText(deep)).toBe(true);
    expect(isCanonicalText(`${'['.repeat(300)} ${']'.repeat(300)}`)).toBe(false);
  });
});

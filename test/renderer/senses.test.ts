/** What the accessibility statement says of the source as a whole: sound, movement, how a screen is held. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textSizes } from '../../renderer/features/kiosk/screen-face.ts';
import { readSource, sourceFiles } from './error-codes.ts';

const sources = sourceFiles(['renderer']);
const styles = readdirSync(join(import.meta.dirname, '../../renderer'), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((name) => name.endsWith('.css'))
  .map((name) => join('renderer', name));

function having(pattern: RegExp, paths: readonly string[] = sources): readonly string[] {
  return paths.filter((path) => pattern.test(readSource(path)));
}

describe('the screens', () => {
  it('are found, and so is what stands in them', () => {
    expect(sources.length).toBeGreaterThan(200);
    expect(styles.length).toBeGreaterThan(20);
    expect(having(/speechSynthesis/).length).toBeGreaterThan(0);
  });

  it('play no sound and show no film', () => {
    expect(having(/<(?:audio|video|track)\b|new Audio\(|AudioContext/)).toEqual([]);
  });

  it('turn with the screen, whichever way it is held', () => {
    expect(having(/orientation\.lock|screen\.orientation/)).toEqual([]);
  });

  it('ask for no movement of the machine', () => {
    expect(having(/devicemotion|deviceorientation|Accelerometer|Gyroscope/i)).toEqual([]);
  });

  it('show nothing for the pointer’s resting there alone', () => {
    expect(having(/onMouse(?:Enter|Over)|onPointer(?:Enter|Over)|<Tooltip|popover=/)).toEqual([]);
  });

  it('move nothing without end but the sign of waiting', () => {
    const endless = styles.flatMap((path) =>
      [...readSource(path).matchAll(/animation[^;]*infinite/g)].map(([text]) => text),
    );
    expect(endless).toEqual(['animation: spin 1s linear infinite']);
    expect(
      having(/prefers-reduced-motion: reduce\)[^]*animation-iteration-count: 1/, styles),
    ).toEqual([join('renderer', 'ui', 'base.css')]);
    expect(having(/<(?:marquee|blink)\b|\.animate\(/)).toEqual([]);
  });

  it('act at the kiosk when a button is let go', () => {
    const kiosk = sources.filter((path) => path.startsWith('renderer/features/kiosk/'));
    // The pad: a line begins where the pen touches.
    expect(having(/onPointerDown|onMouseDown|onTouchStart/, kiosk)).toEqual([
      'renderer/features/kiosk/ink-pad.tsx',
    ]);
  });

  it('grow their letters at the kiosk to 32 and 40 px', () => {
    const usual = Number(/--k-text: ([\d.]+)rem/.exec(styles.map(readSource).join('\n'))?.[1]) * 16;
    const sizes = textSizes.map((size) => {
      const rule = new RegExp(`data-text='${size}'\\]:has\\(\\.kiosk\\) {\\s*font-size: (\\d+)%`);
      const grown = rule.exec(readSource('renderer/features/kiosk/screen-face.css'))?.[1] ?? '100';
      return Math.round((usual * Number(grown)) / 100);
    });
    expect(sizes).toEqual([24, 32, 40]);
  });
});

/** A drawing, not information: the bell on the counter, in brass line on the spruce wall. */
export function CounterScene() {
  return (
    <svg className="counter-scene" viewBox="0 0 420 300" aria-hidden="true">
      <circle cx="210" cy="150" r="118" className="scene-glow" />
      <path className="scene-line faint" d="M92 92c10-16 24-30 40-40M328 92c-10-16-24-30-40-40" />
      <path className="scene-line faint" d="M70 122c4-14 8-22 12-28M350 122c-4-14-8-22-12-28" />
      <path className="scene-brass dark" d="M200 78h20v26h-20z" />
      <ellipse className="scene-brass light" cx="210" cy="74" rx="19" ry="13" />
      <path className="scene-brass" d="M128 190c0-50 36-88 82-88s82 38 82 88z" />
      <path className="scene-brass light" d="M150 180c4-36 26-62 56-68-20 18-30 42-32 68z" />
      <rect className="scene-paper" x="112" y="190" width="196" height="20" rx="10" />
      <path className="scene-counter" d="M24 210h372v14H24z" />
      <path className="scene-counter deep" d="M44 224h332v46H44z" />
      <path className="scene-line faint" d="M84 234v26M336 234v26" />
    </svg>
  );
}

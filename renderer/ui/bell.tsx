/** The sign of the house: a brass counter bell on spruce green. */
export function Bell({ size = 36 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 512 512" aria-hidden="true">
      <rect width="512" height="512" rx="112" fill="#1E4D3F" />
      <path d="M0 360h512v40a112 112 0 0 1-112 112H112A112 112 0 0 1 0 400z" fill="#173E32" />
      <path d="M236 142h40v44h-40z" fill="#C98A26" />
      <ellipse cx="256" cy="136" rx="36" ry="26" fill="#F0C165" />
      <path d="M112 330c0-80 64-148 144-148s144 68 144 148z" fill="#E3A63F" />
      <path d="M148 318c4-56 42-98 92-110-30 26-46 66-48 110z" fill="#F7D893" />
      <rect x="88" y="330" width="336" height="38" rx="19" fill="#FBF8F3" />
    </svg>
  );
}

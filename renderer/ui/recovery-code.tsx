/** The groups of a recovery code, as it is printed and written down. */
export function codeGroups(code: string): readonly string[] {
  return code.split(/[\s-]+/).filter(Boolean);
}

/** The code in numbered groups, so that a person can copy it by hand without losing their place. */
export function RecoveryCode({ code, label }: { code: string; label: string }) {
  return (
    <ol className="recovery-code" aria-label={label}>
      {codeGroups(code).map((group, index) => (
        <li key={`${String(index)}${group}`}>{group}</li>
      ))}
    </ol>
  );
}

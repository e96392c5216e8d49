import { describe, expect, it } from 'vitest';
import { readSource, sourceFiles } from './error-codes.ts';
import { fixedTexts } from './fixed-texts.ts';

describe('every visible text', () => {
  const paths = sourceFiles(['renderer']);

  it('comes from the language files', () => {
    expect(paths.length).toBeGreaterThan(200);
    const found = paths.flatMap((path) =>
      fixedTexts(path, readSource(path)).map(({ line, text }) => `${path}:${line} ${text}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ['text between tags', '<p>Vent litt</p>'],
    ['an accessible name', '<button aria-label="Lukk" />'],
    ['a tooltip in a template', '<i title={`Side ${n}`} />'],
    ['a placeholder in a condition', '<input placeholder={x ? t("a") : "Søk"} />'],
    ['the text of a picture', '<img alt={"Signatur"} />'],
    ['the label of a component', '<Field label="Navn" />'],
    ['one arm of a condition', '<p>{x ? t("a") : "Ingen"}</p>'],
    ['what follows a condition', '<p>{x && "Ferdig"}</p>'],
    ['a fallback', '<p>{x ?? "ukjent"}</p>'],
    ['a sum', '<p>{"Side " + n}</p>'],
    ['a template', '<p>{`${n} sider`}</p>'],
  ])('is found when it is fixed: %s', (_, jsx) => {
    const source = `export const A = () => (${jsx});`;
    expect(fixedTexts('a.tsx', source)).toHaveLength(1);
  });

  it('is found when it is fixed outside of tags', () => {
    expect(fixedTexts('a.ts', 'toast("Lagret");')).toHaveLength(1);
    expect(fixedTexts('a.ts', 'document.title = `Oppdrag – Skranke`;')).toHaveLength(1);
  });

  it.each([
    ['<p>{t("a.b")}</p>'],
    ['<p className="muted small" lang="nb" data-tone="red" />'],
    ['<strong>Skranke</strong>'],
    ['<p>{n} · {m}</p>'],
    ['<a href="#main" role="status">{t("skip")}</a>'],
  ])('is left alone when it is none: %s', (jsx) => {
    expect(fixedTexts('a.tsx', `export const A = () => (${jsx});`)).toEqual([]);
  });
});

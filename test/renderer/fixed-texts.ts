/** Words that stand in a screen's source instead of in the language files, found by its syntax tree. */
import ts from 'typescript';

export interface FixedText {
  readonly line: number;
  readonly text: string;
}

/** Attributes that somebody reads or hears; of components of ours, those that hold a sentence too. */
const heard = new Set([
  ...['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext'],
  ...['alt', 'title', 'placeholder', 'data-label'],
]);
const ours = new Set([
  ...['label', 'description', 'heading', 'text', 'lead', 'help', 'action', 'over', 'under'],
  ...['words', 'message', 'hint', 'summary'],
]);
/** Names, and the beginning of an address, are the same in every language. */
const sameEverywhere = /Skranke|PDF\/A|PDF|PAdES|ASiC-E|https:\/\/|&\w+;/g;

function isWords(text: string): boolean {
  return /\p{L}{2,}/u.test(text.replaceAll(sameEverywhere, ' '));
}

/** The literals that an expression may come to: both arms of a condition, the text of a template. */
function literals(node: ts.Node | undefined): readonly ts.Node[] {
  if (node === undefined) return [];
  if (ts.isStringLiteralLike(node)) return [node];
  if (ts.isTemplateExpression(node))
    return [
      node.head,
      ...node.templateSpans.flatMap((s) => [s.literal, ...literals(s.expression)]),
    ];
  if (ts.isConditionalExpression(node))
    return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  if (ts.isParenthesizedExpression(node) || ts.isJsxExpression(node))
    return literals(node.expression);
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return literals(node.right);
    const sum = kind === ts.SyntaxKind.PlusToken;
    if (sum || kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken)
      return [...literals(node.left), ...literals(node.right)];
  }
  return [];
}

function isShown(attribute: ts.JsxAttribute): boolean {
  const name = attribute.name.getText();
  const element = attribute.parent.parent.tagName.getText();
  return heard.has(name) || (/^[A-Z]/.test(element) && ours.has(name));
}

/** Everything in a source that a person would read or hear, and that no language file can change. */
export function fixedTexts(path: string, source: string): readonly FixedText[] {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, kind);
  const found: FixedText[] = [];
  const note = (node: ts.Node) => {
    const text = ts.isJsxText(node) ? node.text : (node as ts.StringLiteralLike).text;
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (isWords(text)) found.push({ line, text: text.trim() });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node);
    else if (ts.isJsxAttribute(node)) {
      if (isShown(node)) literals(node.initializer).forEach(note);
    } else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent))
      literals(node.expression).forEach(note);
    else if (ts.isCallExpression(node) && /^(toast|alert|confirm)$/.test(node.expression.getText()))
      literals(node.arguments[0]).forEach(note);
    else if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      /\.(title|textContent|innerText|ariaLabel)$/.test(node.left.getText())
    )
      literals(node.right).forEach(note);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The words of a page with what its tags say of them: headings, and pictures by what stands for them. */
import type { PDFDocumentProxy } from 'pdfjs-dist';
import type {
  StructTreeContent,
  StructTreeNode,
  TextContent,
  TextItem,
} from 'pdfjs-dist/types/src/display/api';
import { paragraphsOf } from './page-text.ts';

export interface Block {
  readonly text: string;
  /** 1–6 for a heading, 0 for any other paragraph. */
  readonly level: number;
  /** The text stands for a picture. */
  readonly picture: boolean;
}

/** Roles that only group: inside of a paragraph they are part of it. */
const grouping = new Set(['NonStruct', 'Private', 'Sect', 'Div']);
const paragraph = /^(?:P|H[1-6]?|Title|LBody|TD|TH|Caption|Note|BlockQuote|TOCI)$/;
const within = new Set([
  'Span',
  'Link',
  'Em',
  'Strong',
  'Quote',
  'Reference',
  'Lbl',
  'Code',
  'Ruby',
]);

function levelOf(role: string): number {
  if (role === 'Title' || role === 'H') return 1;
  return Number(/^H([1-6])$/.exec(role)?.[1] ?? 0);
}

function isNode(each: StructTreeNode | StructTreeContent): each is StructTreeNode {
  return 'role' in each;
}

/** Text by the marked content it stands in, and what stands in none. */
function partsOf({ items }: TextContent): {
  readonly marked: ReadonlyMap<string, readonly TextItem[]>;
  readonly unmarked: readonly TextItem[];
} {
  const marked = new Map<string, TextItem[]>();
  const unmarked: TextItem[] = [];
  const open: (string | null)[] = [];
  for (const item of items) {
    if ('str' in item) {
      const id = open.findLast((each) => each !== null);
      if (id === undefined || id === null) unmarked.push(item);
      else marked.set(id, [...(marked.get(id) ?? []), item]);
    } else if (item.type === 'endMarkedContent') open.pop();
    // The types leave the id out where there is none.
    else open.push((item.id as string | undefined) ?? null);
  }
  return { marked, unmarked };
}

/**
 * In the order of the tags, where the page has them. Whatever no tag speaks of comes after: a document
 * must not be able to show the eye what it keeps from the ear.
 */
export function blocksOf(content: TextContent, tree: StructTreeNode | null): readonly Block[] {
  const { marked, unmarked } = partsOf(content);
  const blocks: { text: string; level: number; picture: boolean }[] = [];
  const said = new Set<string>();
  const walk = (node: StructTreeNode, block: number, isParagraph: boolean): void => {
    let at = block;
    const inside = within.has(node.role) || (grouping.has(node.role) && isParagraph);
    if (!inside || at < 0) {
      // The types forget what a picture says of itself.
      const { alt = '' } = node as StructTreeNode & { readonly alt?: string };
      at = blocks.push({ text: alt, level: levelOf(node.role), picture: alt !== '' }) - 1;
    }
    for (const child of node.children) {
      if (isNode(child)) walk(child, at, isParagraph || paragraph.test(node.role));
      else if (child.type === 'content' && !said.has(child.id)) {
        said.add(child.id);
        const words = (marked.get(child.id) ?? []).map(({ str, hasEOL }) =>
          hasEOL ? `${str} ` : str,
        );
        const into = blocks[at];
        if (into !== undefined) into.text += words.join('');
      }
    }
  };
  if (tree !== null) walk(tree, -1, false);
  const left = [...marked].flatMap(([id, items]) => (said.has(id) ? [] : items));
  const rest = paragraphsOf([...left, ...unmarked]);
  return [
    ...blocks
      .map((block) => ({ ...block, text: block.text.replaceAll(/\s+/g, ' ').trim() }))
      .filter(({ text }) => text !== ''),
    ...rest.map((text) => ({ text, level: 0, picture: false })),
  ];
}

/** Of page `index`, 0-based. */
export async function readBlocks(pdf: PDFDocumentProxy, index: number): Promise<readonly Block[]> {
  const page = await pdf.getPage(index + 1);
  const content = await page.getTextContent({ includeMarkedContent: true });
  // The types promise a tree; a page without tags has none.
  const tree = (await page.getStructTree().catch(() => null)) as StructTreeNode | null;
  return blocksOf(content, tree);
}

/** The language that the document says it is in; null where it says none. */
export async function languageOf(pdf: PDFDocumentProxy): Promise<string | null> {
  const { info } = await pdf.getMetadata();
  const { Language: language } = info as { readonly Language?: unknown };
  return typeof language === 'string' && /^[a-z]{2,3}(-[\w-]+)?$/i.test(language) ? language : null;
}

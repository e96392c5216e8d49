/** Bounds that keep a hostile file from costing more than a clear refusal (`pdf.limit`). */
export const limits = {
  /** Nesting of arrays and dictionaries; qpdf stops at 500, real files stay below 30. */
  depth: 400,
  /** One object without its stream data, in bytes. */
  objectBytes: 64 * 1024 * 1024,
  /** References followed from one to the next before it counts as a loop. */
  refHops: 32,
  /** Sections of the /Prev chain; every signature adds one or two. */
  xrefSections: 4096,
  /** Entries of all cross-reference sections together. */
  xrefEntries: 16_000_000,
  /** ISO 32000-1, annex C: highest object number of the readers in use. */
  objectNumber: 8_388_607,
  /** Encoded bytes of one stream that is to be decoded or read as a whole. */
  streamBytes: 1024 * 1024 * 1024,
  /** Decoded bytes of one stream. */
  decodedBytes: 256 * 1024 * 1024,
  /** Decoded bytes of one object stream or cross-reference stream. */
  structureBytes: 128 * 1024 * 1024,
  /** Filters in one chain. */
  filters: 16,
  /** Objects in one object stream. */
  objectStreamObjects: 1_000_000,
  /** Object streams that an /Extends chain may have. */
  extends: 64,
  /** Decoded object streams kept, in bytes. */
  objectStreamCache: 48 * 1024 * 1024,
  /** Parsed objects kept. */
  objectCache: 50_000,
  /** Levels of the page tree. */
  pageTreeDepth: 200,
  /** Pages of one document. */
  pages: 1_000_000,
  /** Window for a search through the whole file, in bytes. */
  scanWindow: 1024 * 1024,
  /** How far back from the end `startxref` is looked for. */
  tailSearch: 1024 * 1024,
  /** How far from the start `%PDF-` may stand; qpdf, poppler and pdf.js agree on it. */
  headerSearch: 1024,
  /** Objects a repair collects. */
  repairObjects: 1_000_000,
  /** Anomalies kept; more say nothing new. */
  anomalies: 1000,
  /** Objects the inspection walks through. */
  inspectObjects: 200_000,
} as const;

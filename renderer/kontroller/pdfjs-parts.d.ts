declare module 'virtual:pdfjs-parts' {
  /** Base64 of a gzipped file of pdf.js by its name; null for one the page does not carry. */
  export function partNamed(name: string): string | null;
}
declare module 'pdfjs-dist/build/pdf.worker.min.mjs' {
  export const WorkerMessageHandler: unknown;
}

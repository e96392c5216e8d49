/** The service's published schemas under libxml2, as the independent judge of what we write. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

const fixtures = join(import.meta.dirname, '../fixtures/posten');
xmlRegisterFsInputProviders();

export function postenFixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(fixtures, name)));
}

const validators = new Map<string, XsdValidator>();

function validatorOf(schema: string): XsdValidator {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const url = join(fixtures, 'xsd', schema);
  const document = XmlDocument.fromBuffer(readFileSync(url), { url });
  const validator = XsdValidator.fromDoc(document);
  document.dispose();
  validators.set(schema, validator);
  return validator;
}

/** What the schema objects to, or null where the document is valid. */
export function schemaObjection(bytes: Uint8Array | string, schema: string): string | null {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const document = XmlDocument.fromBuffer(buffer);
  try {
    validatorOf(schema).validate(document);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    document.dispose();
  }
}

/** What of a job goes into a copy of it: a template made of a job, a job made of a template. Pure. */
import type { FieldSpec, JobSpec, SignerSpec } from './job.ts';

/** Ids of the copy; a signer's id means one person in one job. */
export interface CopyIds {
  readonly signer: (old: string) => string;
  readonly field: (old: string) => string;
  /** By the documents' old ids. */
  readonly documents: ReadonlyMap<string, string>;
}

/** A role without its person: what somebody is in the document, how they sign and in which order. */
export function roleOf(signer: SignerSpec): SignerSpec {
  const { nationalId: _, birthDate: __, contact: ___, person: ____, ...rest } = signer;
  const { forWhom: _____, proof: ______, email: _______, ...role } = rest;
  return { ...role, name: '' };
}

/** The specification under new ids; fields of documents that do not come along stay behind. */
export function copiedSpec(spec: JobSpec, ids: CopyIds, keepPeople: boolean): JobSpec {
  const signers = new Map(spec.signers.map(({ id }) => [id, ids.signer(id)]));
  return {
    ...spec,
    signers: spec.signers.map((signer) => ({
      ...(keepPeople ? signer : roleOf(signer)),
      id: signers.get(signer.id) ?? signer.id,
    })),
    fields: spec.fields.flatMap((field): readonly FieldSpec[] => {
      const document = ids.documents.get(field.document);
      if (document === undefined) return [];
      const signer = signers.get(field.signer) ?? field.signer;
      return [{ ...field, id: ids.field(field.id), document, signer }];
    }),
  };
}

/** What in the readers somebody can sign with now. Pure. */
import type { CardCertificateView, CardsView, CardView } from './card.ts';

export interface UsableCertificate {
  readonly card: CardView;
  readonly certificate: CardCertificateView;
}

/** Certificates that can sign, over all readers, each with its card. */
export function usableCertificates(view: CardsView): readonly UsableCertificate[] {
  return view.readers.flatMap(({ card }) =>
    card === null || card.problem !== null
      ? []
      : card.certificates
          // A card's certificate for logging in is not offered beside the one for signing.
          .filter(
            (each, _, all) =>
              each.problem === null &&
              (each.forSigning || !all.some((one) => one.forSigning && one.problem === null)),
          )
          .map((certificate) => ({ card, certificate })),
  );
}

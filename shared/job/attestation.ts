import type { Language } from './job.ts';

/**
 * What a clerk puts their name to after a signing (DOMAIN, the kiosk, step 9). The desk records these
 * words and the window shows them, so that nobody states anything but what they read.
 */
export function attestation(language: Language, signer: string): string {
  switch (language) {
    case 'nb':
      return `Jeg har kontrollert hvem ${signer} er, og var til stede da ${signer} signerte.`;
    case 'nn':
      return `Eg har kontrollert kven ${signer} er, og var til stades då ${signer} signerte.`;
    case 'en':
      return `I checked who ${signer} is, and was present when ${signer} signed.`;
  }
}

import type { LoginProof } from '../../../shared/job/proof.ts';

/** By its own name alone: what BankID did not do is never called so. */
export function providerName({
  provider,
  issuer,
}: Pick<LoginProof, 'provider' | 'issuer'>): string {
  return { 'id-porten': 'ID-porten', bankid: 'BankID', generic: issuer }[provider];
}

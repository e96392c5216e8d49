/** Norwegian organisation numbers: nine digits, the last a check digit modulo 11 (Brønnøysund). */

const weights = [3, 2, 7, 6, 5, 4, 3, 2];

/** Digits only; spaces that people write between groups are taken away. */
export function normalOrganisationNumber(text: string): string {
  return text.replace(/\s/g, '');
}

/** Whether nine digits carry the right check digit. */
export function isOrganisationNumber(text: string): boolean {
  const digits = normalOrganisationNumber(text);
  if (!/^[89]\d{8}$/.test(digits)) return false;
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(digits[8]);
}

/** `974 760 673`, as it is written. */
export function formatOrganisationNumber(text: string): string {
  return normalOrganisationNumber(text).replace(/^(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3');
}

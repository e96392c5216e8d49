/** Templates stand in a list of their own; what was deleted of them stands in none (`views-lists.ts`). */
export const templateTab = 'template';
export const goneTab = 'template-gone';

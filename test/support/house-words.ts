/** Words that do not belong in a language file: those of the other Norwegian, and of another house. */

const whole = (words: string) => new RegExp(`(?<![\\p{L}-])(?:${words})(?![\\p{L}-])`, 'iu');

/** Bokmål that nynorsk does not have. */
export const bokmaal = whole(
  String.raw`ikke|hvem|hva|hvor|hvordan|hvorfor|hver|hvert|hvilke[nt]?|fra|noen|noe|jeg|dere|deres|bare|uten|en|et|undertegner\p{L}*|virksomhet\p{L}*|saksbehandler\p{L}*|dokumenter|dokumentene|innstillinger|åpne[rst]?|lukkes|navn|velg|bekreft(?:er)?|gjør|gjøre|filen|siden|ble|utsatt|endret|laget|lagret|bruker(?:e|ne)|sier|kommer|mer|sikkerhetskopi\p{L}*|utsteder\p{L}*|fortsatt|fortsett|begynn(?:er)?|forrige|(?<!kan )nå`,
);

/** Forms and terms other than those the files keep to: one word for one thing. */
export const otherHouse: Readonly<Record<'nb' | 'nn' | 'en', RegExp>> = {
  nb: whole(
    String.raw`fila|lista|sjekklista|klokka|mappa|ei|jobb(?:en|er|fil\p{L}*)?|underskriver\p{L}*|fremdeles`,
  ),
  nn: whole(
    String.raw`filen|listen|klokken|mappen|jobb(?:en|ar|fil\p{L}*)?|underskrivar\p{L}*|blei|byte?`,
  ),
  en: whole(String.raw`signator(?:y|ies)|utilize\p{L}*`),
};

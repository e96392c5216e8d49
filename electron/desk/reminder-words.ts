/** What a reminder says: in the signer's language, of nothing that only the document may tell. Pure. */
import type { Job, Language, SignerSpec } from '../../shared/job/job.ts';
import { openTitle } from '../../shared/job/records.ts';
import en from '../../resources/reminder/en.json' with { type: 'json' };
import nb from '../../resources/reminder/nb.json' with { type: 'json' };
import nn from '../../resources/reminder/nn.json' with { type: 'json' };
import { say } from '../paper/words.ts';
import type { MailText } from './settings-store.ts';
import { locales } from '../../shared/words/locales.ts';

const words = { nb, nn, en } as const;

export function reminderWords(language: Language): typeof nb {
  return words[language];
}

export interface ReminderOf {
  readonly job: Pick<Job, 'spec'>;
  readonly signer: Pick<SignerSpec, 'name' | 'language'>;
  readonly office: string;
  /** The office's own words for this language, if it has any. */
  readonly own: MailText | undefined;
  readonly zone: string;
}

/** Paragraphs; what the office wrote itself may use {name}, {office}, {title} and {date}. */
export function reminderText({ job, signer, office, own, zone }: ReminderOf): {
  readonly subject: string;
  readonly paragraphs: readonly string[];
} {
  const { language, name } = signer;
  const said = words[language];
  const title = openTitle(job.spec);
  const date = job.spec.deadline === null ? null : dateOf(job.spec.deadline, language, zone);
  const values = { name, office, title: title ?? '', date: date ?? '' };
  if (own !== undefined)
    return {
      subject: oneLine(say(own.subject, values)),
      paragraphs: say(own.body, values).split(/\n{2,}/),
    };
  return {
    subject: oneLine(say(said.subject, values)),
    paragraphs: [
      say(said.greeting, values),
      say(title === null ? said.untitled : said.titled, values),
      [date === null ? '' : say(said.deadline, values), said.how].filter(Boolean).join(' '),
      said.why,
      `${said.bye}\n${office}`,
    ],
  };
}

export function dateOf(instant: string, language: Language, zone: string): string {
  return new Intl.DateTimeFormat([...locales[language]], {
    ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: zone },
  } as const).format(new Date(instant));
}

/** A header is one line. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

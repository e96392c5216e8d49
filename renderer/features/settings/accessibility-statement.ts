/** The accessibility statement in words: one shape for the screen, the page that is published and the register. */
import {
  assessed,
  clauses,
  criteria,
  overall,
  shortcomings,
  standard,
  type Standing,
} from '../../../shared/accessibility.ts';
import type { Language } from '../../../shared/job/job.ts';

/** As i18next's `t`, with the names of namespaces. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export interface Cell {
  readonly status: Standing['status'];
  readonly words: string;
  /** Empty where nothing needs explaining. */
  readonly reason: string;
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly Cell[] }[];
}

export interface Statement {
  readonly title: string;
  readonly status: string;
  readonly about: readonly string[];
  readonly lacksTitle: string;
  readonly lacks: readonly { readonly reason: string; readonly touches: string }[];
  readonly contactTitle: string;
  readonly contact: readonly string[];
  readonly tables: readonly Table[];
}

export interface Facts {
  readonly organisation: string;
  readonly version: string;
  /** The day of the assessment, as the language writes it. */
  readonly date: string;
}

export const assessedAt = `${assessed}T12:00:00Z`;
const names = { wcag: standard.wcag, level: standard.level, standard: standard.en };

function cell(say: Say, standing: Standing): Cell {
  return {
    status: standing.status,
    words: say(`accessibility:status.${standing.status}`),
    reason: 'reason' in standing ? say(`accessibility:reason.${standing.reason}`) : '',
  };
}

function count(place: 'desk' | 'kiosk', status: Standing['status']): number {
  return criteria.filter((each) => each[place].status === status).length;
}

export function statement(say: Say, facts: Facts): Statement {
  const kiosk = say('accessibility:column.kiosk');
  const criterion = say('accessibility:column.criterion');
  const counts = {
    all: criteria.length,
    ...{ desk: count('desk', 'supported'), deskNone: count('desk', 'inapplicable') },
    ...{ kiosk: count('kiosk', 'supported'), kioskNone: count('kiosk', 'inapplicable') },
  };
  return {
    title: say('accessibility:title'),
    status: say(`accessibility:overall.${overall()}`, names),
    about: [
      say('accessibility:count', { ...names, ...counts }),
      say('accessibility:method'),
      say('accessibility:facts', { date: facts.date, version: facts.version }),
    ],
    lacksTitle: say('accessibility:lacks'),
    lacks: shortcomings().map(({ reason, numbers }) => ({
      reason: say(`accessibility:reason.${reason}`),
      touches: say('accessibility:touches', { numbers: numbers.join(', ') }),
    })),
    contactTitle: say('accessibility:contact.title'),
    contact: [
      say('accessibility:contact.office', { organisation: facts.organisation }),
      say('accessibility:contact.complain'),
    ],
    tables: [
      {
        caption: say('accessibility:wcagTable', names),
        columns: [criterion, say('accessibility:column.desk'), kiosk],
        rows: criteria.map(({ number, level, desk, kiosk: there }) => ({
          name: say('accessibility:named', {
            ...{ number, level },
            name: say(`accessibility:criterion.${number.replaceAll('.', '-')}`),
          }),
          cells: [cell(say, desk), cell(say, there)],
        })),
      },
      {
        caption: say('accessibility:clauseTable', names),
        columns: [criterion, kiosk],
        rows: clauses.map(({ number, key, kiosk: there }) => ({
          name: `${number} ${say(`accessibility:clause.${key}`)}`,
          cells: [cell(say, there)],
        })),
      },
    ],
  };
}

const signs: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};
const safe = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => signs[sign] ?? sign);
const paragraphs = (texts: readonly string[]) => texts.map((text) => `<p>${safe(text)}</p>`);

const look = `body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #1d2421; background: #fff }
table { width: 100%; border-collapse: collapse; margin-block: 2rem }
caption { font-size: 1.25rem; font-weight: 600; text-align: start; padding-block: 0.5rem }
th, td { padding: 0.5rem; border: 1px solid #8f887b; text-align: start; vertical-align: top; overflow-wrap: anywhere }
th { font-weight: 600 }`;

function tableAsHtml({ caption, columns, rows }: Table): readonly string[] {
  return [
    `<table>`,
    `<caption>${safe(caption)}</caption>`,
    `<thead><tr>${columns.map((each) => `<th scope="col">${safe(each)}</th>`).join('')}</tr></thead>`,
    `<tbody>`,
    ...rows.map(({ name, cells }) => {
      const said = cells.map(({ words, reason }) => [words, reason].filter((each) => each !== ''));
      const tds = said.map((parts) => `<td>${parts.map(safe).join('<br>')}</td>`).join('');
      return `<tr><th scope="row">${safe(name)}</th>${tds}</tr>`;
    }),
    `</tbody>`,
    `</table>`,
  ];
}

/** A page that stands alone: no script, nothing fetched. */
export function asHtml(of: Statement, language: Language): string {
  const lacks = of.lacks.map(
    ({ reason, touches }) => `<li>${safe(reason)} (${safe(touches)})</li>`,
  );
  return [
    `<!doctype html>`,
    `<html lang="${language}">`,
    `<head>`,
    `<meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${safe(of.title)} – Skranke</title>`,
    `<style>`,
    look,
    `</style>`,
    `</head>`,
    `<body>`,
    `<main>`,
    `<h1>${safe(of.title)} – Skranke</h1>`,
    `<p><strong>${safe(of.status)}</strong></p>`,
    ...paragraphs(of.about),
    `<h2>${safe(of.lacksTitle)}</h2>`,
    `<ul>`,
    ...lacks,
    `</ul>`,
    `<h2>${safe(of.contactTitle)}</h2>`,
    ...paragraphs(of.contact),
    ...of.tables.flatMap((table) => [`<h2>${safe(table.caption)}</h2>`, ...tableAsHtml(table)]),
    `</main>`,
    `</body>`,
    `</html>`,
    ``,
  ].join('\n');
}

/** For whoever fills in the register by machine: the same, by number and status. */
export function asJson(say: Say, facts: Facts, language: Language): string {
  const standingOf = (standing: Standing) => ({
    status: standing.status,
    reason: 'reason' in standing ? say(`accessibility:reason.${standing.reason}`) : null,
    check: 'proof' in standing ? { file: standing.proof[0], title: standing.proof[1] } : null,
  });
  const file = {
    format: 'skranke-accessibility-1',
    ...{ language, product: 'Skranke', version: facts.version, organisation: facts.organisation },
    ...{ standard, assessed, status: overall() },
    criteria: criteria.map(({ number, level, desk, kiosk }) => ({
      ...{ number, level, name: say(`accessibility:criterion.${number.replaceAll('.', '-')}`) },
      ...{ desk: standingOf(desk), kiosk: standingOf(kiosk) },
    })),
    clauses: clauses.map(({ number, key, kiosk }) => ({
      ...{ number, name: say(`accessibility:clause.${key}`), kiosk: standingOf(kiosk) },
    })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Where we are, in the address after `#`, so that back and forward work. Ids only, never names. */
import { create } from 'zustand';

export type View =
  | { readonly at: 'jobs'; readonly job: string | null }
  | { readonly at: 'prepare'; readonly job: string }
  | { readonly at: 'templates'; readonly template: string | null }
  | { readonly at: 'bulk'; readonly template: string }
  | { readonly at: 'people' }
  | { readonly at: 'archive' }
  | { readonly at: 'verify'; readonly document: string | null }
  | { readonly at: 'settings'; readonly section: string | null };

export function addressOf(view: View): string {
  switch (view.at) {
    case 'jobs':
      return view.job === null ? '#/jobs' : `#/jobs/${view.job}`;
    case 'prepare':
      return `#/prepare/${view.job}`;
    case 'templates':
      return view.template === null ? '#/templates' : `#/templates/${view.template}`;
    case 'bulk':
      return `#/bulk/${view.template}`;
    case 'people':
      return '#/people';
    case 'archive':
      return '#/archive';
    case 'verify':
      return view.document === null ? '#/verify' : `#/verify/${view.document}`;
    case 'settings':
      return view.section === null ? '#/settings' : `#/settings/${view.section}`;
  }
}

/** Anything unknown is the job list. */
export function viewOf(address: string): View {
  const [at, id] = address.replace(/^#\//, '').split('/');
  const of = id !== undefined && /^[0-9a-z-]{1,40}$/.test(id) ? id : null;
  switch (at) {
    case 'prepare':
      return of === null ? { at: 'jobs', job: null } : { at: 'prepare', job: of };
    case 'templates':
      return { at: 'templates', template: of };
    case 'bulk':
      return of === null ? { at: 'templates', template: null } : { at: 'bulk', template: of };
    case 'people':
      return { at: 'people' };
    case 'archive':
      return { at: 'archive' };
    case 'verify':
      return { at: 'verify', document: of };
    case 'settings':
      return { at: 'settings', section: of };
    default:
      return { at: 'jobs', job: of };
  }
}

interface Navigation {
  readonly view: View;
}

export const useNavigation = create<Navigation>(() => ({ view: viewOf(location.hash) }));

window.addEventListener('hashchange', () => {
  useNavigation.setState({ view: viewOf(location.hash) });
});

const returnKey = 'skranke.come-back-to';

/** The page is about to be emptied: where the clerk comes back to. An id at most, no name. */
export function comeBackTo(view: View): void {
  sessionStorage.setItem(returnKey, addressOf(view));
}

export function comeBack(): void {
  const address = sessionStorage.getItem(returnKey);
  if (address === null) return;
  sessionStorage.removeItem(returnKey);
  go(viewOf(address));
}

export function go(view: View): void {
  location.hash = addressOf(view);
}

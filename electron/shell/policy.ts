/**
 * What a window may do, as pure functions: the shell asks, the tests ask, nobody needs Electron for
 * the answers.
 */

export const appScheme = 'app';
export const appOrigin = 'app://skranke';

/** Only the main frame of our own page speaks to main (Electron's security list, 17). */
export function isTrustedFrame(frame: {
  readonly url: string;
  readonly isMainFrame: boolean;
}): boolean {
  return frame.isMainFrame && originOf(frame.url) === appOrigin;
}

/** Everything is denied but what the program itself needs: full screen for the kiosk, copying a code. */
export function permissionFor(permission: string, requestingUrl: string): boolean {
  const allowed = permission === 'fullscreen' || permission === 'clipboard-sanitized-write';
  return allowed && originOf(requestingUrl) === appOrigin;
}

/** A window never leaves our page: links, redirects and dropped files lead nowhere. */
export function mayNavigate(url: string): boolean {
  return originOf(url) === appOrigin;
}

export type AppRequest =
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'document'; readonly path: string }
  | { readonly type: 'upload' }
  | { readonly type: 'refused' };

/**
 * What an app:// address means. Files answer from the map listed at boot, so no path can be walked;
 * documents and uploads go to the same doors as in the web host.
 */
export function resolveAppUrl(url: string, method: string, files: ReadonlySet<string>): AppRequest {
  if (originOf(url) !== appOrigin) return { type: 'refused' };
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return { type: 'refused' };
  }
  if (path === '/upload') return method === 'PUT' ? { type: 'upload' } : { type: 'refused' };
  if (method !== 'GET') return { type: 'refused' };
  if (path.startsWith('/document/')) return { type: 'document', path };
  const file = path === '/' ? '/index.html' : path;
  return files.has(file) ? { type: 'file', path: file } : { type: 'refused' };
}

/** `app://skranke` for our page; `URL.origin` is the string "null" for schemes it does not know. */
function originOf(url: string): string | null {
  try {
    const parsed = new URL(url);
    return `${parsed.protocol}//${parsed.host}`;
  } catch {
    return null;
  }
}

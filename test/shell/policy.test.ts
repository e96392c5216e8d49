import { describe, expect, it } from 'vitest';
import {
  isTrustedFrame,
  mayNavigate,
  permissionFor,
  resolveAppUrl,
} from '../../electron/shell/policy.ts';

const files = new Set(['/index.html', '/assets/main-12345678.js']);

describe('isTrustedFrame', () => {
  it('trusts the main frame of our own page only', () => {
    expect(isTrustedFrame({ url: 'app://skranke/', isMainFrame: true })).toBe(true);
    expect(isTrustedFrame({ url: 'app://skranke/', isMainFrame: false })).toBe(false);
  });
  it.each([
    'app://skranke.evil.example/',
    'app://other/',
    'https://skranke/',
    'file:///app://skranke/',
    'about:blank',
    'data:text/html,app://skranke/',
    'not an address',
  ])('distrusts %s', (url) => {
    expect(isTrustedFrame({ url, isMainFrame: true })).toBe(false);
  });
});

describe('permissionFor', () => {
  it('denies by default, from anywhere', () => {
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'hid',
      'usb',
    ])
      expect(permissionFor(permission, 'app://skranke/')).toBe(false);
  });
  it('allows full screen to our own page and nobody else', () => {
    expect(permissionFor('fullscreen', 'app://skranke/')).toBe(true);
    expect(permissionFor('fullscreen', 'https://example.org/')).toBe(false);
  });
});

describe('mayNavigate', () => {
  it('stays on our own page', () => {
    expect(mayNavigate('app://skranke/')).toBe(true);
    for (const url of [
      'https://example.org/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'app://x/',
    ])
      expect(mayNavigate(url)).toBe(false);
  });
});

describe('resolveAppUrl', () => {
  it('answers from the map of files, and the root with the page', () => {
    expect(resolveAppUrl('app://skranke/', 'GET', files)).toEqual({
      type: 'file',
      path: '/index.html',
    });
    expect(resolveAppUrl('app://skranke/assets/main-12345678.js', 'GET', files).type).toBe('file');
  });
  it.each([
    'app://skranke/../package.json',
    'app://skranke/..%2f..%2fetc/passwd',
    'app://skranke/%2e%2e/secret',
    'app://skranke/assets/',
    'app://skranke/%',
    'app://elsewhere/index.html',
  ])('refuses %s', (url) => {
    expect(resolveAppUrl(url, 'GET', files)).toEqual({ type: 'refused' });
  });
  it('lets only an upload be written', () => {
    expect(resolveAppUrl('app://skranke/upload', 'PUT', files)).toEqual({ type: 'upload' });
    expect(resolveAppUrl('app://skranke/upload', 'GET', files)).toEqual({ type: 'refused' });
    expect(resolveAppUrl('app://skranke/', 'POST', files)).toEqual({ type: 'refused' });
  });
  it('sends documents to their own door', () => {
    expect(resolveAppUrl('app://skranke/document/abcdefgh/1', 'GET', files)).toEqual({
      type: 'document',
      path: '/document/abcdefgh/1',
    });
  });
});

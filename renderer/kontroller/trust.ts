/** Whom the person at the page trusts: certificates they bring themselves, never the export's own. */
import { create } from 'zustand';
import { parseCertificate } from '../../electron/core/cms/certificate.ts';
import { fromBase64 } from '../../shared/rpc/codec.ts';

export interface Anchor {
  readonly name: string;
  readonly der: Uint8Array;
}

interface Trust {
  readonly anchors: readonly Anchor[];
  add: (anchors: readonly Anchor[]) => void;
  clear: () => void;
}

export const useTrust = create<Trust>((set) => ({
  anchors: [],
  add: (more) => {
    set(({ anchors }) => ({
      anchors: [...anchors, ...more.filter((one) => !anchors.some((each) => same(each, one)))],
    }));
  },
  clear: () => {
    set({ anchors: [] });
  },
}));

function same(a: Anchor, b: Anchor): boolean {
  return a.der.length === b.der.length && a.der.every((byte, index) => byte === b.der[index]);
}

const pemBlock = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/g;

/** The certificates of a PEM or DER file; empty when there is none. */
export function anchorsIn(bytes: Uint8Array): readonly Anchor[] {
  const text = new TextDecoder('latin1').decode(bytes);
  const blocks = [...text.matchAll(pemBlock)].flatMap((match) => {
    try {
      return [fromBase64((match[1] ?? '').replace(/\s/g, ''))];
    } catch {
      return [];
    }
  });
  return (blocks.length > 0 ? blocks : [bytes]).flatMap((der) => {
    const parsed = parseCertificate(der);
    return parsed.ok ? [{ name: parsed.value.commonName, der }] : [];
  });
}

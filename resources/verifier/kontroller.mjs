#!/usr/bin/env node
/**
 * kontroller.mjs: checks an exported job without the program that made it.
 *
 *   node kontroller.mjs [FOLDER] [--english] [--json] [--root root.pem]
 *
 * Exit code 0: everything that was checked holds. 1: something does not. 2: it could not be checked.
 * Needs Node 18 or later and nothing else: one file, no packages, no network, and no code shared with
 * the program. What it checks, and the form of every file, is told in LES-MEG.txt beside it.
 */
import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

// ---------------------------------------------------------------- words

const words = {
  nb: {
    title: 'Kontroll av signeringsbevis',
    'label.folder': 'Mappe',
    'label.job': 'Oppdrag',
    'label.organisation': 'Virksomhet',
    'label.exported': 'Eksportert',
    'label.signers': 'Hvem som har signert',
    'label.checked': 'Kontrollert',
    'label.notes': 'Merknader',
    'label.wrong': 'Dette stemmer ikke',
    'label.attested': 'bevitnet',
    'end.good': 'Alt som er kontrollert, stemmer.',
    'end.wrong': 'Beviset holder ikke: {count} feil.',
    'end.unable': 'Mappen kan ikke kontrolleres.',
    'kind.simple': 'enkel signatur, laget med seglet til virksomheten',
    'kind.authenticated': 'autentisert signatur (e-ID), laget med seglet til virksomheten',
    'kind.advanced': 'avansert signatur, laget med undertegnerens egen nøkkel',
    'use.unknown': 'Ukjent valg: {what}',
    'use.no-folder': 'Finner ikke mappen {folder}.',
    'file.unreadable': '{name} mangler eller kan ikke leses.',
    'format.unknown': 'evidence.json har en form som ikke er kjent: {format}.',
    'files.good': '{count} filer har sjekksummene som står i checksums.sha256.',
    'file.missing': 'Filen {name} mangler.',
    'file.changed': 'Filen {name} er endret: sjekksummen stemmer ikke.',
    'file.unlisted': 'Filen {name} hører ikke til eksporten.',
    'file.not-listed': 'Filen {name} står ikke i checksums.sha256.',
    'log.good': 'Loggen er hel: {count} hendelser i ubrutt kjede.',
    'log.empty': 'Loggen er tom.',
    'log.version': 'Hendelse {event}: hendelser mangler, er satt inn eller har byttet plass.',
    'log.seq': 'Hendelse {event}: den kommer ikke etter den forrige i arkivet.',
    'log.hash': 'Hendelse {event}: innholdet er et annet enn det som ble lagret.',
    'log.prev': 'Hendelse {event}: hendelsen før den er en annen.',
    'log.head': 'Loggen slutter et annet sted enn beviset sier.',
    'log.unreadable': 'Hendelse {event} kan ikke leses.',
    'order.good': 'Rekkefølgen er riktig: hvem, les, bekreft, signer.',
    'order.first': 'Loggen begynner ikke med at oppdraget ble opprettet.',
    'order.no-hand-over': 'Hendelse {event}: {name} signerte uten at skjermen var gitt over.',
    'order.not-confirmed': 'Hendelse {event}: {name} signerte uten å ha bekreftet.',
    'order.no-proof': 'Hendelse {event}: {name} signerte uten beviset som signaturen krever.',
    'order.twice': 'Hendelse {event}: {name} hadde signert før.',
    'order.sealed-early': 'Hendelse {event}: forseglet før alle hadde signert.',
    'order.actor': 'Hendelse {event}: en annen enn {name} står som den som gjorde det.',
    'order.state': 'Oppdraget sies å være «{state}», men loggen sier noe annet.',
    'listed.good': 'Listene i beviset sier det samme som loggen.',
    'listed.differs': 'Listen «{list}» i beviset sier noe annet enn loggen.',
    'evidence.good': '{count} signerte bevisposter stemmer med loggen.',
    'evidence.hash': 'Hendelse {event}: bevisposten er en annen enn den som ble signert.',
    'evidence.log': 'Hendelse {event}: det som ble signert, viser til en annen logg.',
    'evidence.job': 'Hendelse {event}: bevisposten gjelder et annet oppdrag.',
    'evidence.signer': 'Hendelse {event}: bevisposten gjelder en annen person.',
    'evidence.kind': 'Hendelse {event}: bevisposten gjelder en annen type signatur.',
    'evidence.clerk': 'Hendelse {event}: bevisposten navngir en annen saksbehandler.',
    'evidence.identity':
      'Hendelse {event}: legitimasjonskontrollen i bevisposten er en annen enn i loggen.',
    'evidence.confirmed': 'Hendelse {event}: bekreftelsen i bevisposten er en annen enn i loggen.',
    'evidence.proof':
      'Hendelse {event}: innloggingen eller sertifikatet i bevisposten er et annet enn i loggen.',
    'evidence.shown': 'Hendelse {event}: dokumentene i bevisposten er andre enn de som ble vist.',
    'evidence.unread': 'Hendelse {event}: {name} fikk ikke vist hver side av dokumentene.',
    'text.good': '{count} bekreftelser: ordene har avtrykket som ble bekreftet.',
    'text.hash': 'Hendelse {event}: ordene er andre enn de som ble bekreftet.',
    'text.missing': 'Hendelse {event}: ordene som ble bekreftet, følger ikke med; bare avtrykket.',
    'identity.good': '{count} legitimasjonskontroller er uendret.',
    'identity.hash': 'Hendelse {event}: legitimasjonskontrollen er endret.',
    'proof.good-certificate':
      '{name}: sertifikatet som ble vist, er det som signaturene er laget med.',
    'proof.certificate': 'Hendelse {event}: sertifikatet er et annet enn fingeravtrykket sier.',
    'proof.signer':
      'Hendelse {event}: signaturen er laget med et annet sertifikat enn det som ble vist.',
    'proof.good-login':
      '{name}: innloggingsbeviset og nøklene er uendret, og utstederens signatur stemmer.',
    'proof.token': 'Hendelse {event}: innloggingsbeviset er et annet enn avtrykket sier.',
    'proof.token-signature':
      'Hendelse {event}: signaturen på innloggingsbeviset stemmer ikke med nøklene.',
    'proof.token-claims':
      'Hendelse {event}: innloggingsbeviset sier noe annet enn loggen ({claim}).',
    'proof.keys': 'Hendelse {event}: nøklene er andre enn avtrykket sier.',
    'proof.token-absent':
      '{name}: innloggingsbeviset følger bare med som avtrykk og utvalgte opplysninger.',
    'document.good': '{file}: {count} revisjoner er hele, den siste er filen selv.',
    'document.length': '{file}: filen er {found} byte, skal være {length}.',
    'document.revision': '{file}: revisjon {revision} er endret.',
    'document.shown': 'Hendelse {event}: det som ble vist av {file}, er ikke en revisjon av det.',
    'document.unlisted': '{file}: en revisjon av dokumentet mangler i loggen.',
    'document.none': '{file}: dokumentet finnes ikke i mappen.',
    'metadata.differs': 'metadata.json sier noe annet enn beviset ({what}).',
    'signature.good': '{file}, revisjon {revision}: {what} stemmer ({subject}).',
    'signature.what.certification': 'låsingen',
    'signature.what.signature': 'signaturen',
    'signature.what.timestamp': 'tidsstempelet',
    'signature.missing': '{file}, revisjon {revision}: signaturen mangler.',
    'signature.range': '{file}, revisjon {revision}: signaturen dekker ikke hele revisjonen.',
    'signature.unreadable': '{file}, revisjon {revision}: signaturen kan ikke leses ({why}).',
    'signature.digest': '{file}, revisjon {revision}: det signerte innholdet er endret.',
    'signature.value': '{file}, revisjon {revision}: signaturen stemmer ikke med sertifikatet.',
    'signature.evidence':
      '{file}, revisjon {revision}: avtrykket av bevisposten står ikke i det som er signert.',
    'signature.kind':
      '{file}, revisjon {revision}: signaturen gir seg ut for å være av en annen type.',
    'signature.type':
      '{file}, revisjon {revision}: signaturen er ikke den loggen sier skal stå der.',
    'signature.subject':
      '{file}, revisjon {revision}: sertifikatet er utstedt til en annen enn loggen sier.',
    'timestamp.good': '{where}: tidsstempel {time} fra {authority}.',
    'timestamp.imprint': '{where}: tidsstempelet gjelder noe annet.',
    'timestamp.value': '{where}: signaturen på tidsstempelet stemmer ikke.',
    'timestamp.unreadable': '{where}: tidsstempelet kan ikke leses ({why}).',
    'timestamp.purpose': '{where}: sertifikatet er ikke for tidsstempler.',
    'timestamp.none':
      'Ingen signatur i oppdraget har tidsstempel: tidene er fra programmets klokke.',
    'anchor.good': '{count} tidsstempler over loggen stemmer.',
    'anchor.other': 'Et tidsstempel over loggen gjelder ikke dette oppdraget.',
    'attestation.good': '{name}: saksbehandlerens bekreftelse er signert med {by} ({subject}).',
    'attestation.by.clerk': 'saksbehandlerens egen nøkkel',
    'attestation.by.card': 'saksbehandlerens eget smartkort',
    'attestation.by.key-file': 'saksbehandlerens egen nøkkelfil',
    'attestation.by.seal': 'seglet',
    'attestation.unsigned': 'Hendelse {event}: saksbehandlerens bekreftelse er ikke signert.',
    'attestation.value':
      'Hendelse {event}: signaturen på saksbehandlerens bekreftelse stemmer ikke.',
    'attestation.binding':
      'Hendelse {event}: det saksbehandleren signerte, gjelder noe annet ({what}).',
    'attestation.subject':
      'Hendelse {event}: bekreftelsen er signert med et annet sertifikat enn loggen sier.',
    'times.good': 'Tidene er i rekkefølge.',
    'times.backwards': 'Hendelse {event}: programmets klokke gikk {seconds} sekunder tilbake.',
    'times.contradiction': 'Hendelse {event}: tidsstempelet er eldre enn det forrige i loggen.',
    'times.clock':
      'Hendelse {event}: programmets klokke og tidsstempelet er {seconds} sekunder fra hverandre.',
    'times.record':
      'Hendelse {event}: tiden i bevisposten og tiden i loggen er langt fra hverandre.',
    'cover.good': '{file}: forseglet av {subject}, og gjelder disse filene.',
    'cover.unsigned': '{file} er ikke forseglet.',
    'cover.value': '{file}: seglet stemmer ikke.',
    'cover.other': '{file}: seglet gjelder en annen utgave av {name}.',
    'cover.other-seal':
      '{file}: forseglet med et annet sertifikat enn dokumentene. Er seglet fornyet siden?',
    'seal.trial': 'Seglet er et prøvesegl: det beviser ingenting om hvem virksomheten er.',
    'trust.not-asked':
      'Det er ikke kontrollert hvem som har utstedt sertifikatene. Bruk --root rot.pem med en rot du stoler på.',
    'trust.good': 'Utstedt under en rot du stoler på: {subject}.',
    'trust.wrong': 'Ikke utstedt under roten du ga, eller ikke gyldig da: {subject}.',
    'section.failed': 'En del av beviset ({what}) kan ikke leses: {why}',
  },
  en: {
    title: 'Check of signing evidence',
    'label.folder': 'Folder',
    'label.job': 'Job',
    'label.organisation': 'Organisation',
    'label.exported': 'Exported',
    'label.signers': 'Who has signed',
    'label.checked': 'Checked',
    'label.notes': 'Remarks',
    'label.wrong': 'This does not hold',
    'label.attested': 'attested',
    'end.good': 'Everything that was checked holds.',
    'end.wrong': 'The evidence does not hold: {count} faults.',
    'end.unable': 'The folder cannot be checked.',
    'kind.simple': 'simple signature, made with the organisation’s seal',
    'kind.authenticated': 'authenticated signature (e-ID), made with the organisation’s seal',
    'kind.advanced': 'advanced signature, made with the signer’s own key',
    'use.unknown': 'Unknown option: {what}',
    'use.no-folder': 'There is no folder {folder}.',
    'file.unreadable': '{name} is missing or cannot be read.',
    'format.unknown': 'evidence.json has a form that is not known: {format}.',
    'files.good': '{count} files have the checksums of checksums.sha256.',
    'file.missing': 'The file {name} is missing.',
    'file.changed': 'The file {name} was changed: its checksum differs.',
    'file.unlisted': 'The file {name} is not part of the export.',
    'file.not-listed': 'The file {name} is not in checksums.sha256.',
    'log.good': 'The log is whole: {count} events in an unbroken chain.',
    'log.empty': 'The log is empty.',
    'log.version': 'Event {event}: events are missing, were inserted or exchanged.',
    'log.seq': 'Event {event}: it does not come after the one before it in the archive.',
    'log.hash': 'Event {event}: it is not what was stored.',
    'log.prev': 'Event {event}: the event before it is another one.',
    'log.head': 'The log ends elsewhere than the evidence says.',
    'log.unreadable': 'Event {event} cannot be read.',
    'order.good': 'The order is right: who, read, confirm, sign.',
    'order.first': 'The log does not begin with the creation of the job.',
    'order.no-hand-over': 'Event {event}: {name} signed without having been given the screen.',
    'order.not-confirmed': 'Event {event}: {name} signed without having confirmed.',
    'order.no-proof': 'Event {event}: {name} signed without the proof that the signature needs.',
    'order.twice': 'Event {event}: {name} had signed before.',
    'order.sealed-early': 'Event {event}: sealed before everybody had signed.',
    'order.actor': 'Event {event}: somebody other than {name} is named as who did it.',
    'order.state': 'The job is said to be “{state}”, but the log says otherwise.',
    'listed.good': 'The lists of the evidence say the same as the log.',
    'listed.differs': 'The list “{list}” of the evidence says something else than the log.',
    'evidence.good': '{count} signed evidence records agree with the log.',
    'evidence.hash': 'Event {event}: the evidence record is not the one that was signed.',
    'evidence.log': 'Event {event}: what was signed speaks of another log.',
    'evidence.job': 'Event {event}: the evidence record is about another job.',
    'evidence.signer': 'Event {event}: the evidence record is about another person.',
    'evidence.kind': 'Event {event}: the evidence record is about another kind of signature.',
    'evidence.clerk': 'Event {event}: the evidence record names another document handler.',
    'evidence.identity':
      'Event {event}: the identity check in the record is not the one in the log.',
    'evidence.confirmed':
      'Event {event}: the confirmation in the record is not the one in the log.',
    'evidence.proof':
      'Event {event}: the login or certificate in the record is not the one in the log.',
    'evidence.shown': 'Event {event}: the documents in the record are not those that were shown.',
    'evidence.unread': 'Event {event}: {name} was not shown every page of the documents.',
    'text.good': '{count} confirmations: the words have the hash that was confirmed.',
    'text.hash': 'Event {event}: the words are not those that were confirmed.',
    'text.missing': 'Event {event}: the words that were confirmed are not here; only their hash.',
    'identity.good': '{count} identity checks are unchanged.',
    'identity.hash': 'Event {event}: the identity check was changed.',
    'proof.good-certificate':
      '{name}: the certificate shown is the one the signatures were made with.',
    'proof.certificate': 'Event {event}: the certificate is not the one its fingerprint names.',
    'proof.signer':
      'Event {event}: the signature was made with another certificate than was shown.',
    'proof.good-login':
      '{name}: login token and keys are unchanged, and the issuer’s signature holds.',
    'proof.token': 'Event {event}: the login token is not the one its hash names.',
    'proof.token-signature':
      'Event {event}: the login token’s signature does not agree with the keys.',
    'proof.token-claims':
      'Event {event}: the login token says something else than the log ({claim}).',
    'proof.keys': 'Event {event}: the keys are not those their hash names.',
    'proof.token-absent': '{name}: of the login token only its hash and some claims are here.',
    'document.good': '{file}: {count} revisions are whole, the last is the file itself.',
    'document.length': '{file}: the file has {found} bytes, it must have {length}.',
    'document.revision': '{file}: revision {revision} was changed.',
    'document.shown': 'Event {event}: what was shown of {file} is no revision of it.',
    'document.unlisted': '{file}: the log lacks a revision of the document.',
    'document.none': '{file}: the document is not in the folder.',
    'metadata.differs': 'metadata.json says something else than the evidence ({what}).',
    'signature.good': '{file}, revision {revision}: {what} holds ({subject}).',
    'signature.what.certification': 'the certification',
    'signature.what.signature': 'the signature',
    'signature.what.timestamp': 'the timestamp',
    'signature.missing': '{file}, revision {revision}: the signature is missing.',
    'signature.range':
      '{file}, revision {revision}: the signature does not cover the whole revision.',
    'signature.unreadable': '{file}, revision {revision}: the signature cannot be read ({why}).',
    'signature.digest': '{file}, revision {revision}: the signed content was changed.',
    'signature.value':
      '{file}, revision {revision}: the signature does not agree with the certificate.',
    'signature.evidence':
      '{file}, revision {revision}: the hash of the evidence record is not in what is signed.',
    'signature.kind': '{file}, revision {revision}: the signature claims to be of another kind.',
    'signature.type':
      '{file}, revision {revision}: the signature is not the one the log puts there.',
    'signature.subject':
      '{file}, revision {revision}: the certificate was issued to somebody else than the log says.',
    'timestamp.good': '{where}: timestamp {time} of {authority}.',
    'timestamp.imprint': '{where}: the timestamp is for something else.',
    'timestamp.value': '{where}: the timestamp’s signature does not hold.',
    'timestamp.unreadable': '{where}: the timestamp cannot be read ({why}).',
    'timestamp.purpose': '{where}: the certificate is not one for timestamps.',
    'timestamp.none':
      'No signature of the job has a timestamp: the times are of the program’s clock.',
    'anchor.good': '{count} timestamps over the log hold.',
    'anchor.other': 'A timestamp over the log is not of this job.',
    'attestation.good': '{name}: the document handler’s statement is signed with {by} ({subject}).',
    'attestation.by.clerk': 'their own key',
    'attestation.by.card': 'their own smart card',
    'attestation.by.key-file': 'their own key file',
    'attestation.by.seal': 'the seal',
    'attestation.unsigned': 'Event {event}: the document handler’s statement is not signed.',
    'attestation.value':
      'Event {event}: the signature of the document handler’s statement does not hold.',
    'attestation.binding':
      'Event {event}: what the document handler signed is about something else ({what}).',
    'attestation.subject':
      'Event {event}: the statement was signed with another certificate than the log says.',
    'times.good': 'The times are in order.',
    'times.backwards': 'Event {event}: the program’s clock went back by {seconds} seconds.',
    'times.contradiction':
      'Event {event}: its timestamp is older than the one before it in the log.',
    'times.clock':
      'Event {event}: the program’s clock and the timestamp are {seconds} seconds apart.',
    'times.record':
      'Event {event}: the time in the evidence record and the time in the log are far apart.',
    'cover.good': '{file}: sealed by {subject}, and about these files.',
    'cover.unsigned': '{file} is not sealed.',
    'cover.value': '{file}: the seal does not hold.',
    'cover.other': '{file}: the seal is about another edition of {name}.',
    'cover.other-seal':
      '{file}: sealed with another certificate than the documents. Was the seal renewed since?',
    'seal.trial': 'The seal is a trial seal: it proves nothing about who the organisation is.',
    'trust.not-asked':
      'Who issued the certificates was not checked. Use --root root.pem with a root you trust.',
    'trust.good': 'Issued under a root you trust: {subject}.',
    'trust.wrong': 'Not issued under the root you gave, or not valid then: {subject}.',
    'section.failed': 'A part of the evidence ({what}) cannot be read: {why}',
  },
};

/** Stops the whole check: exit code 2. */
class Unable extends Error {
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}
/** Something that cannot be read; `message` says why, in English. */
class Malformed extends Error {}

// ---------------------------------------------------------------- bytes and hashes

const hashOf = (algorithm, ...parts) =>
  parts.reduce((hash, part) => hash.update(part), crypto.createHash(algorithm)).digest();
const sha256 = (...parts) => hashOf('sha256', ...parts);
const sha256Hex = (...parts) => sha256(...parts).toString('hex');
const fromHex = (text) => Buffer.from(String(text), 'hex');

/** RFC 8785: keys by UTF-16 code units, numbers and strings as ECMAScript writes them. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}
const same = (a, b) => canonical(a ?? null) === canonical(b ?? null);

function number64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
function prefixed(text) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  return Buffer.concat([length, Buffer.from(text)]);
}

// ---------------------------------------------------------------- DER (X.690), only what is needed

/** The element at `at`: tag, contents and the whole of it. Definite lengths only. */
function derAt(bytes, at = 0) {
  if (at + 2 > bytes.length) throw new Malformed('cut off');
  const tag = bytes[at];
  let length = bytes[at + 1];
  let start = at + 2;
  if (length > 0x80) {
    const count = length & 0x7f;
    if (count > 4 || start + count > bytes.length) throw new Malformed('a length too long');
    length = bytes.readUIntBE(start, count);
    start += count;
  } else if (length === 0x80) throw new Malformed('indefinite length');
  const end = start + length;
  if (end > bytes.length) throw new Malformed('cut off');
  return { tag, content: bytes.subarray(start, end), raw: bytes.subarray(at, end), end };
}
function children(node, tag) {
  if (node === undefined || (tag !== undefined && node.tag !== tag))
    throw new Malformed('another element was expected');
  const found = [];
  for (let at = 0; at < node.content.length;) {
    const child = derAt(node.content, at);
    found.push(child);
    at = child.end;
  }
  return found;
}
function oidOf(node) {
  if (node?.tag !== 0x06) throw new Malformed('no object identifier');
  const parts = [];
  let value = 0;
  for (const byte of node.content) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (parts.length === 0) {
      const first = Math.min(2, Math.floor(value / 40));
      parts.push(first, value - 40 * first);
    } else parts.push(value);
    value = 0;
  }
  return parts.join('.');
}
function timeOf(node) {
  const text = node?.content.toString('latin1') ?? '';
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text);
  if (node?.tag !== 0x18 || match === null) throw new Malformed('no time');
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`);
}

const hashes = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
function hashName(node) {
  const oid = oidOf(children(node, 0x30)[0]);
  if (!Object.hasOwn(hashes, oid)) throw new Malformed(`hash ${oid} is not accepted`);
  return hashes[oid];
}

// ---------------------------------------------------------------- certificates and CMS (RFC 5652)

/** Issuer and serial number as they stand in a certificate (RFC 5280, 4.1). */
function certificateParts(der) {
  const [tbs] = children(derAt(der), 0x30);
  const parts = children(tbs, 0x30);
  if (parts[0]?.tag === 0xa0) parts.shift();
  return { serial: parts[0].content, issuer: parts[2].raw };
}
function commonName(certificate) {
  const match = /(?:^|\n)CN=(.*)/.exec(certificate.subject ?? '');
  return (match?.[1] ?? certificate.subject ?? '').trim();
}

/** One SignedData with one signer, read into its parts. */
function readCms(der) {
  const outer = derAt(der);
  if (der.subarray(outer.end).some((byte) => byte !== 0)) throw new Malformed('bytes after it');
  const [type, wrapped] = children(outer, 0x30);
  if (oidOf(type) !== '1.2.840.113549.1.7.2') throw new Malformed('no signed data');
  const parts = children(children(wrapped, 0xa0)[0], 0x30);
  const [, , encapsulated] = parts;
  const [contentType, content] = children(encapsulated, 0x30);
  const certificates = parts
    .filter(({ tag }) => tag === 0xa0)
    .flatMap((set) => children(set))
    .filter(({ tag }) => tag === 0x30)
    .map(({ raw }) => Buffer.from(raw));
  const infos = children(parts.at(-1), 0x31);
  if (infos.length !== 1) throw new Malformed('not one signer');
  const signer = children(infos[0], 0x30);
  const signed = signer.find(({ tag }) => tag === 0xa0);
  if (signed === undefined) throw new Malformed('no signed attributes');
  const at = signer.indexOf(signed);
  const attributes = attributesOf(signed);
  const unsigned = signer[at + 3]?.tag === 0xa1 ? attributesOf(signer[at + 3]) : new Map();
  return {
    contentType: oidOf(contentType),
    content: content === undefined ? null : children(content, 0xa0)[0].content,
    certificates,
    sid: signer[1],
    hash: hashName(signer[at - 1]),
    // RFC 5652, 5.4: what is signed is the SET OF, not the [0] it stands under.
    signedBytes: Buffer.concat([Buffer.of(0x31), signed.raw.subarray(1)]),
    attributes,
    algorithm: signer[at + 1],
    signature: signer[at + 2].content,
    tokens: (unsigned.get('1.2.840.113549.1.9.16.2.14') ?? []).map(({ raw }) => Buffer.from(raw)),
  };
}
function attributesOf(set) {
  const found = new Map();
  for (const attribute of children(set)) {
    const [type, values] = children(attribute, 0x30);
    const oid = oidOf(type);
    if (found.has(oid)) throw new Malformed('an attribute twice');
    found.set(oid, children(values, 0x31));
  }
  return found;
}

function signerCertificate(cms) {
  const [issuer, serial] = cms.sid.tag === 0x30 ? children(cms.sid) : [];
  if (issuer === undefined || serial === undefined) throw new Malformed('no issuer and serial');
  const found = cms.certificates.find((der) => {
    const parts = certificateParts(der);
    return parts.issuer.equals(issuer.raw) && parts.serial.equals(serial.content);
  });
  if (found === undefined) throw new Malformed('the certificate is missing');
  return found;
}

/** RFC 5035: the signed attributes must name the certificate, so that nobody can exchange it. */
function namesCertificate(cms, der) {
  const second = cms.attributes.get('1.2.840.113549.1.9.16.2.47')?.[0];
  const first = cms.attributes.get('1.2.840.113549.1.9.16.2.12')?.[0];
  const reference = second ?? first;
  if (reference === undefined) return false;
  const id = children(children(children(reference, 0x30)[0], 0x30)[0], 0x30);
  const algorithm = second === undefined ? 'sha1' : id[0].tag === 0x30 ? hashName(id[0]) : 'sha256';
  const digest = id.find(({ tag }) => tag === 0x04);
  return digest !== undefined && hashOf(algorithm, der).equals(digest.content);
}

function signatureHolds(cms, certificate) {
  const [type, parameters] = children(cms.algorithm, 0x30);
  const oid = oidOf(type);
  const key = certificate.publicKey;
  const verify = (hash, options) =>
    crypto.verify(hash, cms.signedBytes, { key, ...options }, cms.signature);
  const rsa = { padding: crypto.constants.RSA_PKCS1_PADDING };
  switch (oid) {
    case '1.2.840.113549.1.1.1':
      return key.asymmetricKeyType === 'rsa' && verify(cms.hash, rsa);
    case '1.2.840.113549.1.1.11':
    case '1.2.840.113549.1.1.12':
    case '1.2.840.113549.1.1.13': {
      const hash = { 11: 'sha256', 12: 'sha384', 13: 'sha512' }[oid.split('.').at(-1)];
      return hash === cms.hash && key.asymmetricKeyType === 'rsa' && verify(hash, rsa);
    }
    case '1.2.840.113549.1.1.10': {
      const entries = children(parameters, 0x30);
      const entry = (tag) => children(entries.find((each) => each.tag === tag))[0];
      const hash = hashName(entry(0xa0));
      const salt = entries.find(({ tag }) => tag === 0xa2);
      const saltLength =
        salt === undefined ? 20 : Number(`0x${entry(0xa2).content.toString('hex')}`);
      const padding = crypto.constants.RSA_PKCS1_PSS_PADDING;
      return hash === cms.hash && verify(hash, { padding, saltLength });
    }
    case '1.2.840.10045.4.3.2':
    case '1.2.840.10045.4.3.3':
    case '1.2.840.10045.4.3.4': {
      const hash = { 2: 'sha256', 3: 'sha384', 4: 'sha512' }[oid.split('.').at(-1)];
      return hash === cms.hash && key.asymmetricKeyType === 'ec' && verify(hash, {});
    }
    case '1.3.101.112':
      return cms.hash === 'sha512' && key.asymmetricKeyType === 'ed25519' && verify(null, {});
    default:
      throw new Malformed(`signature algorithm ${oid} is not known`);
  }
}

/**
 * Checks one CMS whose content has the digest that `digestOf(hash)` gives. Answers what is wrong
 * ('digest', 'value', or why it cannot be read), or the certificate that signed.
 */
function checkCms(der, digestOf) {
  try {
    const cms = readCms(der);
    const signer = signerCertificate(cms);
    const certificate = new crypto.X509Certificate(signer);
    const digest = cms.attributes.get('1.2.840.113549.1.9.4')?.[0]?.content;
    const type = cms.attributes.get('1.2.840.113549.1.9.3')?.[0];
    const found = { cms, certificate, der: signer, wrong: null, why: null };
    if (digest === undefined || !digest.equals(digestOf(cms.hash)))
      return { ...found, wrong: 'digest' };
    if (oidOf(type) !== cms.contentType || !namesCertificate(cms, signer))
      return { ...found, wrong: 'value' };
    return signatureHolds(cms, certificate) ? found : { ...found, wrong: 'value' };
  } catch (error) {
    return { wrong: 'unreadable', why: error.message };
  }
}

/** RFC 3161: a token over `imprint(hash)`. */
function checkToken(der, imprint) {
  try {
    const cms = readCms(der);
    if (cms.contentType !== '1.2.840.113549.1.9.16.1.4' || cms.content === null)
      return { wrong: 'unreadable', why: 'no timestamp' };
    const [, , message, , time] = children(derAt(cms.content), 0x30);
    const [algorithm, digest] = children(message, 0x30);
    const found = { time: timeOf(time), certificate: null };
    if (!digest.content.equals(imprint(hashName(algorithm)))) return { ...found, wrong: 'imprint' };
    const checked = checkCms(der, (hash) => hashOf(hash, cms.content));
    if (checked.wrong === 'unreadable') return checked;
    const all = { ...found, certificate: checked.certificate, certificates: cms.certificates };
    if (checked.wrong !== null) return { ...all, wrong: 'value' };
    const purposes = checked.certificate.keyUsage ?? [];
    return { ...all, wrong: purposes.includes('1.3.6.1.5.5.7.3.8') ? null : 'purpose' };
  } catch (error) {
    return { wrong: 'unreadable', why: error.message };
  }
}

// ---------------------------------------------------------------- signed bytes of a PDF

/**
 * The signature whose byte range ends where this revision does (ISO 32000-2, 12.8.1): four integers
 * from 0, the gap exactly the /Contents string in this revision. Null where there is none.
 */
function signatureIn(tail, start, carriesOthers = false) {
  const text = tail.toString('latin1');
  const end = start + tail.length;
  const ranges = [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)];
  if (ranges.length === 0) return null;
  // A package carries signed files as they are; its own signature is the last thing in it.
  if (ranges.length > 1 && !carriesOthers) return { wrong: 'range' };
  const [zero, from, to, rest] = ranges.at(-1).slice(1).map(Number);
  const gap = text.slice(from - start, to - start);
  if (
    zero !== 0 ||
    from < start ||
    to <= from ||
    to + rest !== end ||
    !/^<[0-9a-fA-F]+>$/.test(gap)
  )
    return { wrong: 'range' };
  if (!/\/Contents\s*$/.test(text.slice(0, from - start))) return { wrong: 'range' };
  // What is signed, without the gap: anything looked for is looked for there.
  const signed = text.slice(0, from - start) + text.slice(to - start);
  return {
    wrong: null,
    ...{ from, to, end, der: Buffer.from(gap.slice(1, -1), 'hex') },
    evidence: [...signed.matchAll(/\/EvidenceHash\s*<([0-9A-Fa-f]{64})>/g)].map((each) =>
      each[1].toLowerCase(),
    ),
    kinds: [...signed.matchAll(/\/SkrankeClaim\s*<<[^]*?\/Kind\s*\/([a-z]+)/g)].map(
      (each) => each[1],
    ),
    isTimestamp: /\/SubFilter\s*\/ETSI\.RFC3161/.test(signed),
    isCertification: /\/TransformMethod\s*\/DocMDP/.test(signed),
    text: signed,
  };
}

/** Digests of many stretches `[0, from) + [to, end)` of a file in one pass over it. */
function digestsAlong(file, wants) {
  const results = wants.map(() => null);
  const running = new Map();
  const order = wants.map((want, index) => ({ ...want, index })).sort((a, b) => a.from - b.from);
  const window = Buffer.alloc(1 << 20);
  const feed = (hash, from, to) => {
    for (let at = from; at < to;) {
      const count = fs.readSync(file, window, 0, Math.min(window.length, to - at), at);
      if (count === 0) throw new Malformed('the file is cut off');
      hash.update(window.subarray(0, count));
      at += count;
    }
  };
  for (const { algorithm, from, to, end, index } of order) {
    const state = running.get(algorithm) ?? { hash: crypto.createHash(algorithm), at: 0 };
    running.set(algorithm, state);
    feed(state.hash, state.at, from);
    state.at = from;
    const fork = state.hash.copy();
    feed(fork, to, end);
    results[index] = fork.digest();
  }
  return results;
}

// ---------------------------------------------------------------- the checks

const limits = { clock: 300, record: 600 };

/** Collects what was found: `good`, `note` and `wrong`, each a code with its values. */
function createFindings() {
  const all = { good: [], note: [], wrong: [] };
  const add =
    (kind) =>
    (code, values = {}) =>
      void all[kind].push({ code, values });
  return { all, good: add('good'), note: add('note'), wrong: add('wrong') };
}

function readJson(folder, name) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  } catch {
    throw new Unable('file.unreadable', { name });
  }
}

function hashFile(name) {
  const hash = crypto.createHash('sha256');
  const file = fs.openSync(name, 'r');
  try {
    const window = Buffer.alloc(1 << 20);
    for (;;) {
      const count = fs.readSync(file, window, 0, window.length, null);
      if (count === 0) return hash.digest('hex');
      hash.update(window.subarray(0, count));
    }
  } finally {
    fs.closeSync(file);
  }
}

function checkFiles(folder, { good, note, wrong }) {
  const lines = fs
    .readFileSync(path.join(folder, 'checksums.sha256'), 'utf8')
    .split('\n')
    .filter(Boolean);
  const listed = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  let right = 0;
  for (const [name, sum] of listed) {
    // A name is a file of this folder and nothing else.
    if (name !== path.basename(name) || !fs.existsSync(path.join(folder, name)))
      wrong('file.missing', { name });
    else if (hashFile(path.join(folder, name)) !== sum) wrong('file.changed', { name });
    else right += 1;
  }
  for (const name of fs.readdirSync(folder))
    if (name !== 'checksums.sha256' && !listed.has(name)) note('file.unlisted', { name });
  if (!listed.has('evidence.json')) wrong('file.not-listed', { name: 'evidence.json' });
  if (right === listed.size) good('files.good', { count: right });
}

/** What LES-MEG.txt calls the chain. */
function eventHash(evidence, index) {
  const one = evidence.events[index];
  const before = evidence.events[index - 1]?.hash ?? '00'.repeat(32);
  const digest = sha256(fromHex(one.salt), fromHex(one.hidden), canonical(one.event));
  return sha256Hex(
    ...[fromHex(one.prev), fromHex(before), number64(one.seq), number64(one.version)],
    ...[
      prefixed(evidence.job),
      prefixed(one.at),
      prefixed(one.actor),
      prefixed(one.event.type),
      digest,
    ],
  );
}

function checkLog(evidence, { good, wrong }) {
  const { events } = evidence;
  if (!Array.isArray(events) || events.length === 0) return wrong('log.empty');
  let whole = true;
  const say = (code, event) => {
    whole = false;
    wrong(code, { event });
  };
  events.forEach((one, index) => {
    const before = events[index - 1];
    if (one.version !== index + 1) say('log.version', index + 1);
    if (before !== undefined && one.seq <= before.seq) say('log.seq', index + 1);
    if (before !== undefined && one.seq === before.seq + 1 && one.prev !== before.hash)
      say('log.prev', index + 1);
    try {
      if (eventHash(evidence, index) !== one.hash) say('log.hash', index + 1);
    } catch {
      say('log.unreadable', index + 1);
    }
  });
  const last = events.at(-1);
  const { head } = evidence;
  if (head?.hash !== last.hash || head.version !== last.version || head.seq !== last.seq) {
    whole = false;
    wrong('log.head');
  }
  if (whole) good('log.good', { count: events.length });
}

/** The log by what happened: for each signing, what went before it at the kiosk. */
function readStory(evidence) {
  const spec = { signers: [] };
  const story = { spec, signings: [], documents: new Map(), attested: [], proofs: [], seal: null };
  let kiosk = null;
  const former = [];
  for (const one of evidence.events) {
    const { event, version } = one;
    const revisions = (list) => {
      for (const { document, ...revision } of list ?? [])
        story.documents.get(document)?.push({ ...revision, event: version });
    };
    switch (event.type) {
      case 'created':
      case 'edited':
        spec.signers = event.spec.signers;
        break;
      case 'signer-replaced':
        former.push(spec.signers.find(({ id }) => id === event.signer) ?? { id: '', name: '' });
        spec.signers = spec.signers.map((signer) =>
          signer.id === event.signer ? event.by : signer,
        );
        break;
      case 'document-added': {
        const { id, sha256: hash, length } = event.document;
        story.documents.set(id, [{ revision: 0, sha256: hash, length, event: version }]);
        break;
      }
      case 'document-removed':
        story.documents.delete(event.document);
        break;
      case 'opened':
        story.opened = one;
        story.seal = event.seal;
        break;
      case 'handed-over':
        kiosk = { handedOver: one, proof: null, accepted: null, confirmed: null };
        break;
      case 'handed-back':
        kiosk = null;
        break;
      case 'proof-given':
        story.proofs.push(one);
        if (kiosk !== null) {
          kiosk.proof = one;
          kiosk.accepted = event.matches ? 'match' : null;
        }
        break;
      case 'proof-accepted':
        if (kiosk !== null) kiosk.accepted = 'clerk';
        break;
      case 'confirmed':
        if (kiosk !== null) kiosk.confirmed = one;
        break;
      case 'signed':
        story.signings.push({ ...one, before: kiosk, previous: evidence.events[version - 2] });
        kiosk = null;
        break;
      case 'attested':
        story.attested.push(one);
        break;
    }
    revisions(event.revisions);
  }
  const names = new Map([...former, ...spec.signers].map(({ id, name }) => [id, name]));
  story.nameOf = (signer) => names.get(signer) ?? signer;
  return story;
}

function checkOrder(evidence, story, { good, wrong }) {
  let right = true;
  const say = (code, values) => {
    right = false;
    wrong(code, values);
  };
  if (evidence.events[0].event.type !== 'created') say('order.first');
  const signed = new Set();
  for (const { event, version, actor, before } of story.signings) {
    const values = { event: version, name: story.nameOf(event.signer) };
    const at = before?.handedOver.event.signer === event.signer ? before : null;
    if (at === null) say('order.no-hand-over', values);
    else if (at.confirmed?.event.signer !== event.signer) say('order.not-confirmed', values);
    if (
      event.kind !== 'simple' &&
      (at?.proof?.event.signer !== event.signer || at.accepted === null)
    )
      say('order.no-proof', values);
    if (actor !== `signer:${event.signer}`) say('order.actor', values);
    if (signed.has(event.signer)) say('order.twice', values);
    signed.add(event.signer);
  }
  const ends = {
    sealed: 'sealed',
    declined: 'rejected',
    cancelled: 'cancelled',
    expired: 'expired',
  };
  const end = evidence.events.findLast(({ event }) => Object.hasOwn(ends, event.type));
  const all = story.spec.signers.every(({ id }) => signed.has(id));
  if (end?.event.type === 'sealed' && !all) say('order.sealed-early', { event: end.version });
  const state = end === undefined ? (all ? 'signed' : 'open') : ends[end.event.type];
  if (state !== evidence.state) say('order.state', { state: evidence.state });
  if (right) good('order.good');
}

/** Whoever began alone handed over to themselves; who logged in to begin, was checked by nobody. */
function checkedBy({ alone, clerk }, actor) {
  return alone === 'login' ? null : (clerk ?? actor);
}

/** The lists are there to be read; the log is what counts, so they must say the same. */
function checkLists(evidence, story, { good, wrong }) {
  const from = (type, make) =>
    evidence.events.filter(({ event }) => event.type === type).map((one) => make(one.event, one));
  const lists = {
    signatures: [
      from(
        'signed',
        ({ signer, kind, key, evidenceHash, evidence: record, revisions }, { version: event }) => ({
          ...{ event, signer, kind, key, evidenceHash, evidence: record, revisions },
        }),
      ),
      ({ event, signer, kind, key, evidenceHash, evidence: record, revisions }) => ({
        ...{ event, signer, kind, key, evidenceHash, evidence: record, revisions },
      }),
    ],
    identityChecks: [
      from('handed-over', (said, { version, actor }) => ({
        ...{ event: version, signer: said.signer, clerk: checkedBy(said, actor) },
        ...{ check: said.identityCheck, sha256: said.identityCheckHash },
        ...{ alone: said.alone ?? null, login: said.login ?? null },
      })),
      ({ event, signer, clerk, check, sha256: hash, alone = null, login = null }) => ({
        ...{ event, signer, clerk, check, sha256: hash, alone, login },
      }),
    ],
    confirmations: [
      from('confirmed', (said, { version }) => ({
        ...{
          event: version,
          signer: said.signer,
          version: said.textVersion,
          sha256: said.textSha256,
        },
        ...{ shown: said.shown, pagesShown: said.pagesShown, override: said.override ?? null },
      })),
      ({ event, signer, version, sha256: hash, shown, pagesShown, override }) => ({
        ...{ event, signer, version, sha256: hash, shown, pagesShown, override },
      }),
    ],
    proofs: [
      from('proof-given', ({ signer, proof, matches }, { version }) => ({
        ...{ event: version, signer, matches, ...proof },
      })),
      // What is listed beyond the log: whole tokens are checked against their hash.
      ({ at: _, acceptedBy: __, idToken: ___, header: ____, claims: _____, ...rest }) => rest,
    ],
    attestations: [
      from('attested', ({ signer, statement, signature }, { version, actor }) => ({
        ...{ event: version, signer, clerk: actor, statement, signature: signature ?? null },
      })),
      ({ event, signer, clerk, statement, signature }) => ({
        event,
        signer,
        clerk,
        statement,
        signature,
      }),
    ],
    documents: [
      [...story.documents].map(([id, revisions]) => ({ id, revisions })),
      ({ id, revisions }) => ({ id, revisions }),
    ],
  };
  let right = true;
  for (const [list, [logged, shownBy]] of Object.entries(lists)) {
    const shown = (evidence[list] ?? []).map(shownBy);
    const sorted = (items) => items.map(canonical).sort();
    if (same(sorted(logged), sorted(shown))) continue;
    right = false;
    wrong('listed.differs', { list });
  }
  if (right) good('listed.good');
}

function checkRecords(evidence, story, findings) {
  const { good, wrong } = findings;
  let right = true;
  for (const { event, version, at, before, previous } of story.signings) {
    const say = (code, more = {}) => {
      right = false;
      wrong(code, { event: version, ...more });
    };
    if (sha256Hex(event.evidence) !== event.evidenceHash) say('evidence.hash');
    const record = JSON.parse(event.evidence);
    if (record.log?.version !== previous?.version || record.log?.hash !== previous?.hash)
      say('evidence.log');
    if (record.job?.id !== evidence.job) say('evidence.job');
    const spec = story.spec.signers.find(({ id }) => id === event.signer);
    if (record.signer?.id !== event.signer || record.signer?.name !== spec?.name)
      say('evidence.signer');
    if (record.kind !== event.kind || event.kind !== spec?.kind) say('evidence.kind');
    if (!same(record.shown, event.shown)) say('evidence.shown');
    if (Math.abs(Date.parse(record.time) - Date.parse(at)) > limits.record * 1000)
      say('times.record');
    if (before === null) continue;
    const { handedOver, proof, confirmed } = before;
    if (record.clerk?.id !== (handedOver.event.clerk ?? handedOver.actor)) say('evidence.clerk');
    if (
      !same(record.identityCheck, handedOver.event.identityCheck) ||
      record.identityCheckHash !== handedOver.event.identityCheckHash ||
      (record.firstLogin?.id ?? null) !== (handedOver.event.login?.id ?? null)
    )
      say('evidence.identity');
    if (
      record.confirmed?.textSha256 !== confirmed?.event.textSha256 ||
      !same(record.confirmed?.shown, confirmed?.event.shown)
    )
      say('evidence.confirmed');
    if ((record.proof?.given?.id ?? null) !== (proof?.event.proof.id ?? null))
      say('evidence.proof');
    checkRead(
      evidence,
      confirmed?.event,
      { event: version, name: story.nameOf(event.signer) },
      findings,
    );
  }
  if (right && story.signings.length > 0) good('evidence.good', { count: story.signings.length });
}

/** Every page was on the screen, or the log says why not. */
function checkRead(evidence, confirmed, values, { wrong }) {
  if (confirmed === undefined || confirmed.override !== undefined) return;
  const added = evidence.events.filter(({ event }) => event.type === 'document-added');
  for (const { document } of confirmed.shown) {
    const pages =
      added.find(({ event }) => event.document.id === document)?.event.document.findings
        .pageCount ?? 0;
    for (let page = 1; page <= pages; page++)
      if (!Object.hasOwn(confirmed.pagesShown, `${document}/${page}`))
        return wrong('evidence.unread', values);
  }
}

function checkTexts(evidence, { good, note, wrong }) {
  let right = 0;
  for (const { event, text, sha256: hash } of evidence.confirmations ?? []) {
    const said = evidence.events[event - 1]?.event;
    if (text === null) note('text.missing', { event });
    else if (sha256Hex(text) !== hash || (said?.text ?? text) !== text)
      wrong('text.hash', { event });
    else right += 1;
  }
  if (right > 0) good('text.good', { count: right });
}

function checkIdentity(evidence, { good, wrong }) {
  const checks = evidence.events.filter(({ event }) => event.type === 'handed-over');
  const changed = checks.filter(
    ({ event }) => sha256Hex(canonical(event.identityCheck)) !== event.identityCheckHash,
  );
  for (const { version } of changed) wrong('identity.hash', { event: version });
  if (checks.length > 0 && changed.length === 0) good('identity.good', { count: checks.length });
}

// ---------------------------------------------------------------- what signers showed

function checkProofs(evidence, story, signers, findings) {
  const { good, wrong } = findings;
  for (const { event, version } of story.proofs) {
    const { proof, signer } = event;
    const name = story.nameOf(signer);
    const listed = (evidence.proofs ?? []).find((one) => one.event === version);
    if (proof.means === 'login') {
      checkLogin(proof, listed, { event: version, name }, findings);
      continue;
    }
    const der = Buffer.from(proof.certificate, 'base64');
    if (sha256Hex(der) !== proof.id) {
      wrong('proof.certificate', { event: version });
      continue;
    }
    const made = story.signings.filter((one) => one.before?.proof?.version === version);
    const used = made.flatMap((one) => signers.get(one.version) ?? []);
    if (used.some((certificate) => sha256Hex(certificate) !== proof.id))
      wrong('proof.signer', { event: version });
    else if (used.length > 0) good('proof.good-certificate', { name });
  }
}

function checkLogin(proof, listed, values, { good, note, wrong }) {
  if (sha256Hex(proof.keys) !== proof.keysSha256) return wrong('proof.keys', values);
  const token = listed?.idToken ?? proof.idToken;
  if (token === undefined) return note('proof.token-absent', values);
  if (sha256Hex(token) !== proof.id) return wrong('proof.token', values);
  const [header, payload, signature] = token.split('.');
  const read = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());
  const { alg, kid } = read(header);
  const keys = JSON.parse(proof.keys).keys.filter(
    (key) => kid === undefined || key.kid === undefined || key.kid === kid,
  );
  const signed = Buffer.from(`${header}.${payload}`);
  const holds = keys.some((jwk) => jwsHolds(alg, jwk, signed, Buffer.from(signature, 'base64url')));
  if (!holds) return wrong('proof.token-signature', values);
  const claims = read(payload);
  for (const [claim, said] of [
    ['iss', proof.issuer],
    ['acr', proof.acr],
  ])
    if (claims[claim] !== undefined && claims[claim] !== said)
      return wrong('proof.token-claims', { ...values, claim });
  good('proof.good-login', values);
}

/** RFC 7518, 3.1 and RFC 8037; no symmetric keys and no "none". */
function jwsHolds(alg, jwk, data, signature) {
  try {
    const key = crypto.createPublicKey({ key: jwk, format: 'jwk' });
    const hash = `sha${String(alg).slice(2)}`;
    const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING } = crypto.constants;
    if (/^RS(256|384|512)$/.test(alg))
      return crypto.verify(hash, data, { key, padding: RSA_PKCS1_PADDING }, signature);
    if (/^PS(256|384|512)$/.test(alg))
      return crypto.verify(
        hash,
        data,
        { key, padding: RSA_PKCS1_PSS_PADDING, saltLength: Number(alg.slice(2)) / 8 },
        signature,
      );
    if (/^ES(256|384|512)$/.test(alg))
      return crypto.verify(hash, data, { key, dsaEncoding: 'ieee-p1363' }, signature);
    return alg === 'EdDSA' && crypto.verify(null, data, key, signature);
  } catch {
    return false;
  }
}

// ---------------------------------------------------------------- documents and their signatures

/**
 * Every revision is a prefix with its hash, and every signature in it holds over the bytes of its byte
 * range. Answers the certificates that signed, by event, and the times of all timestamps.
 */
function checkDocuments(folder, evidence, story, findings) {
  const found = { signers: new Map(), times: [], certificates: [], seals: new Set(), pools: [] };
  for (const [id, revisions] of story.documents) {
    const file = (evidence.documents ?? []).find((one) => one.id === id)?.file ?? id;
    const full = path.join(folder, path.basename(file));
    if (!fs.existsSync(full)) findings.wrong('document.none', { file });
    else checkDocument(full, { evidence, story, file, id, revisions, found, ...findings });
  }
  return found;
}

function checkDocument(full, context) {
  const { story, file, id, revisions, wrong, good } = context;
  const size = fs.statSync(full).size;
  const last = revisions.at(-1);
  if (size !== last.length)
    return wrong('document.length', { file, found: size, length: last.length });
  for (const { event, version } of story.signings)
    for (const shown of event.shown)
      if (
        shown.document === id &&
        !revisions.some((one) => one.revision === shown.revision && one.sha256 === shown.sha256)
      )
        wrong('document.shown', { event: version, file });
  const handle = fs.openSync(full, 'r');
  try {
    const tails = revisions.map((revision, index) => {
      if (revision.revision !== index) wrong('document.unlisted', { file });
      if (index === 0) return null;
      const start = revisions[index - 1].length;
      const bytes = Buffer.alloc(Math.max(0, revision.length - start));
      fs.readSync(handle, bytes, 0, bytes.length, start);
      return signatureIn(bytes, start);
    });
    const cms = tails.map((tail) => {
      try {
        return tail === null || tail.wrong !== null ? null : readCms(tail.der);
      } catch {
        return null;
      }
    });
    const wants = [
      ...revisions.map(({ length }) => ({
        algorithm: 'sha256',
        from: length,
        to: length,
        end: length,
      })),
      ...tails.map((tail, index) =>
        cms[index] === null
          ? { algorithm: 'sha256', from: 0, to: 0, end: 0 }
          : { ...tail, algorithm: tail.isTimestamp ? imprintHash(cms[index]) : cms[index].hash },
      ),
    ];
    const digests = digestsAlong(handle, wants);
    const changed = revisions.filter((one, index) => digests[index].toString('hex') !== one.sha256);
    for (const { revision } of changed) wrong('document.revision', { file, revision });
    if (changed.length === 0) good('document.good', { file, count: revisions.length });
    tails.forEach((tail, index) => {
      if (index > 0)
        checkRevision(tail, digests[revisions.length + index], revisions[index], context);
    });
  } finally {
    fs.closeSync(handle);
  }
}

/** The hash that a timestamp's imprint uses; SHA-256 where it cannot be read, which then fails. */
function imprintHash(cms) {
  try {
    return hashName(children(children(derAt(cms.content), 0x30)[2], 0x30)[0]);
  } catch {
    return 'sha256';
  }
}

/** Events that put timestamps over a document. */
const stamps = new Set(['sealed', 'renewed']);

function checkRevision(tail, digest, revision, context) {
  const { evidence, file, found, good, wrong } = context;
  const maker = evidence.events[revision.event - 1]?.event;
  const values = { file, revision: revision.revision };
  if (tail === null) {
    // After the timestamp of a seal may come what issuers say of certificates, in a revision of its own.
    const first = context.revisions.find(({ event }) => event === revision.event);
    const needed =
      maker?.type === 'signed' ||
      (stamps.has(maker?.type) && first === revision) ||
      (maker?.type === 'opened' && needsCertification(evidence, context));
    if (needed) wrong('signature.missing', values);
    return;
  }
  if (tail.wrong !== null) return wrong('signature.range', values);
  const where = `${file}, ${revision.revision}`;
  if (tail.isTimestamp) {
    if (maker?.type === 'signed') return wrong('signature.type', values);
    return checkTimestamp(tail.der, () => digest, where, revision.event, context);
  }
  if (stamps.has(maker?.type) || (maker?.type === 'opened' && !tail.isCertification))
    return wrong('signature.type', values);
  const checked = checkCms(tail.der, () => digest);
  if (checked.wrong === 'unreadable')
    return wrong('signature.unreadable', { ...values, why: checked.why });
  if (checked.wrong !== null) return wrong(`signature.${checked.wrong}`, values);
  const { certificate, cms, der } = checked;
  const subject = commonName(certificate);
  found.certificates.push({ certificate, pool: cms.certificates, event: revision.event, subject });
  if (maker?.type === 'opened') {
    found.seals.add(sha256Hex(der));
    if (maker.seal?.subject !== subject) return wrong('signature.subject', values);
  }
  if (maker?.type === 'signed') {
    found.signers.set(revision.event, [...(found.signers.get(revision.event) ?? []), der]);
    if (maker.key === 'seal') found.seals.add(sha256Hex(der));
    if (tail.evidence.length !== 1 || tail.evidence[0] !== maker.evidenceHash)
      return wrong('signature.evidence', values);
    if (tail.kinds.length > 1 || tail.kinds[0] !== maker.kind)
      return wrong('signature.kind', values);
    if (maker.certificateSubject !== subject) return wrong('signature.subject', values);
  }
  const what = maker?.type === 'opened' ? 'certification' : 'signature';
  good('signature.good', { ...values, what: `signature.what.${what}`, subject });
  for (const token of cms.tokens)
    checkTimestamp(token, (hash) => hashOf(hash, cms.signature), where, revision.event, context);
}

/** DOMAIN of the program: an unsigned file is certified when the job opens, where there is a seal. */
function needsCertification(evidence, { story, id }) {
  const added = evidence.events.find(
    ({ event }) => event.type === 'document-added' && event.document.id === id,
  );
  return story.seal !== null && added?.event.document.findings.signatures === 0;
}

function checkTimestamp(der, imprint, where, event, { found, good, wrong }) {
  const { wrong: fault, why, time, certificate, certificates } = checkToken(der, imprint);
  if (fault !== null) return wrong(`timestamp.${fault}`, { where, why });
  const authority = commonName(certificate);
  found.times.push({ event, time });
  found.pools.push({ certificate, pool: certificates, subject: authority, at: time });
  good('timestamp.good', { where, time: time.toISOString(), authority });
}

// ---------------------------------------------------------------- statements of clerks

function checkAttestations(evidence, story, found, { good, note, wrong }) {
  for (const { event, version, actor } of story.attested) {
    const { signature, signer, statement } = event;
    const name = story.nameOf(signer);
    if (signature === undefined) {
      note('attestation.unsigned', { event: version });
      continue;
    }
    const bytes = Buffer.from(signature.record);
    const checked = checkCms(Buffer.from(signature.cms, 'base64'), (hash) => hashOf(hash, bytes));
    if (checked.wrong !== null) {
      wrong('attestation.value', { event: version });
      continue;
    }
    const record = JSON.parse(signature.record);
    const seen = story.signings.find((one) => one.event.signer === signer);
    const bound = {
      job: [record.job, evidence.job],
      signer: [record.signer?.id, signer],
      statement: [record.statement, statement],
      clerk: [record.clerk?.id, actor],
      evidenceHash: [record.evidenceHash, seen?.event.evidenceHash],
      identityCheckHash: [
        record.identityCheckHash,
        seen?.before?.handedOver.event.identityCheckHash,
      ],
      log: [record.log, seen && { version: seen.version, hash: seen.hash }],
    };
    const what = Object.keys(bound).find((key) => !same(...bound[key]));
    if (what !== undefined) {
      wrong('attestation.binding', { event: version, what });
      continue;
    }
    const subject = commonName(checked.certificate);
    const isSeal = found.seals.has(sha256Hex(checked.der));
    if (subject !== signature.subject || (signature.by === 'clerk' && isSeal)) {
      wrong('attestation.subject', { event: version });
      continue;
    }
    found.certificates.push({
      ...checked,
      pool: checked.cms.certificates,
      event: version,
      subject,
    });
    good('attestation.good', {
      name,
      by: `attestation.by.${signature.means ?? signature.by}`,
      subject,
    });
    for (const token of checked.cms.tokens) {
      const context = { found, good, wrong };
      checkTimestamp(
        token,
        (hash) => hashOf(hash, checked.cms.signature),
        `${version}`,
        version,
        context,
      );
    }
  }
}

// ---------------------------------------------------------------- timestamps over the log

/** A token whose imprint is the hash of an event of this job: the chain binds every event before it. */
function checkAnchors(evidence, found, { good, note, wrong }) {
  let right = 0;
  for (const { event, hash, token } of evidence.anchors ?? []) {
    const one = evidence.events[event - 1];
    if (one === undefined || one.hash !== hash) {
      wrong('anchor.other');
      continue;
    }
    const stamped = checkToken(Buffer.from(token, 'base64'), () => fromHex(one.hash));
    if (stamped.wrong !== null) {
      wrong(`timestamp.${stamped.wrong}`, { where: `#${event}`, why: stamped.why });
      continue;
    }
    const { certificate, certificates, time } = stamped;
    found.pools.push({
      certificate,
      pool: certificates,
      subject: commonName(certificate),
      at: time,
    });
    // The event is older than its anchor, by a night where the office anchors once a day.
    const early = Math.round((Date.parse(one.at) - time) / 1000);
    if (early > limits.clock) note('times.clock', { event, seconds: early });
    right += 1;
  }
  if (right > 0) good('anchor.good', { count: right });
}

// ---------------------------------------------------------------- times

function checkTimes(evidence, found, { good, note, wrong }) {
  let right = true;
  evidence.events.forEach(({ at }, index) => {
    const back = Date.parse(evidence.events[index - 1]?.at ?? at) - Date.parse(at);
    if (!(back > limits.clock * 1000)) return;
    right = false;
    note('times.backwards', { event: index + 1, seconds: Math.round(back / 1000) });
  });
  const times = [...found.times].sort((a, b) => a.event - b.event);
  // Two authorities may differ by a little; an hour is another story.
  times.forEach(({ event, time }, index) => {
    const before = times.slice(0, index).filter((one) => one.event < event);
    if (before.some((one) => one.time - time > limits.clock * 1000)) {
      right = false;
      wrong('times.contradiction', { event });
    }
    const seconds = Math.round((time - Date.parse(evidence.events[event - 1]?.at)) / 1000);
    if (Math.abs(seconds) > limits.clock)
      note('times.clock', { event, seconds: Math.abs(seconds) });
  });
  if (found.times.length === 0) note('timestamp.none');
  if (right) good('times.good');
}

function checkClocks(evidence, found, { wrong }) {
  const stamped = (evidence.clocks ?? []).filter(({ timestamp }) => timestamp !== null);
  const known = found.times.map(({ event, time }) => `${event} ${time.toISOString()}`);
  const fits = ({ event, timestamp, clock, differenceSeconds }) =>
    known.includes(`${event} ${timestamp}`) &&
    differenceSeconds === Math.round((Date.parse(timestamp) - Date.parse(clock)) / 1000);
  if (!stamped.every(fits)) wrong('listed.differs', { list: 'clocks' });
}

// ---------------------------------------------------------------- the pages for people

/** `signeringsbevis.pdf` and `pakke.pdf`: signed as a whole, and naming the files they are about. */
function checkCover(folder, file, found, { good, note, wrong }) {
  const full = path.join(folder, file);
  if (!fs.existsSync(full)) return;
  const size = fs.statSync(full).size;
  const handle = fs.openSync(full, 'r');
  try {
    // The signature is in what was appended last: its gap is some tens of kilobytes.
    const start = Math.max(0, size - (1 << 20));
    const bytes = Buffer.alloc(size - start);
    fs.readSync(handle, bytes, 0, bytes.length, start);
    const tail = signatureIn(bytes, start, true);
    if (tail === null) return note('cover.unsigned', { file });
    if (tail.wrong !== null) return wrong('cover.value', { file });
    const { hash } = readCms(tail.der);
    const [digest] = digestsAlong(handle, [{ ...tail, algorithm: hash }]);
    const checked = checkCms(tail.der, () => digest);
    if (checked.wrong !== null) return wrong('cover.value', { file });
    const about = aboutFiles(handle, size);
    for (const [name, sum] of about)
      if (!fs.existsSync(path.join(folder, name)) || hashFile(path.join(folder, name)) !== sum)
        return wrong('cover.other', { file, name });
    if (!about.has('evidence.json')) return wrong('cover.other', { file, name: 'evidence.json' });
    const subject = commonName(checked.certificate);
    if (!found.seals.has(sha256Hex(checked.der)) && found.seals.size > 0)
      note('cover.other-seal', { file });
    found.certificates.push({ ...checked, pool: checked.cms.certificates, event: null, subject });
    good('cover.good', { file, subject });
  } catch (error) {
    wrong('section.failed', { what: file, why: error.message });
  } finally {
    fs.closeSync(handle);
  }
}

/** The line of the page's own XMP metadata, which stands uncompressed in the signed bytes. */
function aboutFiles(handle, size) {
  const about = new Map();
  const window = Buffer.alloc(1 << 20);
  let carried = '';
  for (let at = 0; at < size;) {
    const count = fs.readSync(handle, window, 0, window.length, at);
    if (count === 0) break;
    at += count;
    const text = carried + window.toString('latin1', 0, count);
    for (const [, list] of text.matchAll(/<pdf:Keywords>skranke-files([^<]*)<\/pdf:Keywords>/g))
      for (const [, name, sum] of list.matchAll(/([\w.-]+)=([0-9a-f]{64})/g)) about.set(name, sum);
    carried = text.slice(-8192);
  }
  return about;
}

function checkMetadata(folder, evidence, story, { wrong }) {
  if (!fs.existsSync(path.join(folder, 'metadata.json'))) return;
  const metadata = readJson(folder, 'metadata.json');
  if (metadata.job?.id !== evidence.job) return wrong('metadata.differs', { what: 'job' });
  if (metadata.job?.state !== evidence.state) return wrong('metadata.differs', { what: 'state' });
  const names = story.spec.signers.map(({ name }) => name);
  if (
    !same(
      (metadata.signers ?? []).map(({ name }) => name),
      names,
    )
  )
    return wrong('metadata.differs', { what: 'signers' });
  const last = new Set([...story.documents.values()].map((revisions) => revisions.at(-1).sha256));
  if ((metadata.documents ?? []).some(({ sha256: hash }) => !last.has(hash)))
    wrong('metadata.differs', { what: 'documents' });
}

// ---------------------------------------------------------------- trust, where it is asked for

function readRoots(file) {
  const text = fs.readFileSync(file, 'utf8');
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (blocks === null) throw new Unable('file.unreadable', { name: file });
  return blocks.map((block) => new crypto.X509Certificate(block));
}

/** Whether a chain of issuers, each valid then, leads from the certificate to one of the roots. */
function isTrusted(certificate, pool, roots, at, depth = 0) {
  if (at < new Date(certificate.validFrom) || at > new Date(certificate.validTo) || depth > 8)
    return false;
  if (roots.some((root) => root.raw.equals(certificate.raw))) return true;
  const issued = (issuer) =>
    issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  if (
    roots.some(
      (root) => issued(root) && at >= new Date(root.validFrom) && at <= new Date(root.validTo),
    )
  )
    return true;
  return pool.some(
    (issuer) =>
      !issuer.raw.equals(certificate.raw) &&
      issued(issuer) &&
      isTrusted(issuer, pool, roots, at, depth + 1),
  );
}

function checkTrust(evidence, found, roots, { good, note, wrong }) {
  const all = [...found.certificates, ...found.pools];
  if (all.some(({ subject }) => subject.includes('PRØVESEGL'))) note('seal.trial');
  if (roots === null) return note('trust.not-asked');
  const said = new Set();
  for (const { certificate, pool, event, subject, at } of all) {
    // What proves the time: a timestamp of the same event, else the program's clock.
    const stamped = found.times.find((one) => one.event === event)?.time;
    const time = at ?? stamped ?? new Date(evidence.events[event - 1]?.at ?? evidence.exportedAt);
    const others = pool.map((der) => new crypto.X509Certificate(der));
    const trusted = isTrusted(certificate, others, roots, time);
    const code = trusted ? 'trust.good' : 'trust.wrong';
    if (said.has(`${code} ${subject}`)) continue;
    said.add(`${code} ${subject}`);
    (trusted ? good : wrong)(code, { subject });
  }
}

// ---------------------------------------------------------------- all of it

function checkFolder(folder, roots) {
  const findings = createFindings();
  const evidence = readJson(folder, 'evidence.json');
  if (evidence.format !== 'skranke-export-evidence-2')
    throw new Unable('format.unknown', { format: String(evidence.format) });
  const section = (what, body) => {
    try {
      return body();
    } catch (error) {
      if (error instanceof Unable) throw error;
      findings.wrong('section.failed', { what, why: error.message });
      return null;
    }
  };
  section('checksums.sha256', () => checkFiles(folder, findings));
  section('events', () => checkLog(evidence, findings));
  const story = section('events', () => readStory(evidence));
  if (story === null) return { evidence, story, findings: findings.all };
  section('order', () => checkOrder(evidence, story, findings));
  section('lists', () => checkLists(evidence, story, findings));
  section('signatures', () => checkRecords(evidence, story, findings));
  section('confirmations', () => checkTexts(evidence, findings));
  section('identityChecks', () => checkIdentity(evidence, findings));
  const found = section('documents', () => checkDocuments(folder, evidence, story, findings)) ?? {
    signers: new Map(),
    times: [],
    certificates: [],
    seals: new Set(),
    pools: [],
  };
  section('proofs', () => checkProofs(evidence, story, found.signers, findings));
  section('attestations', () => checkAttestations(evidence, story, found, findings));
  section('anchors', () => checkAnchors(evidence, found, findings));
  section('clocks', () => checkClocks(evidence, found, findings));
  section('times', () => checkTimes(evidence, found, findings));
  section('metadata.json', () => checkMetadata(folder, evidence, story, findings));
  checkCover(folder, 'signeringsbevis.pdf', found, findings);
  checkCover(folder, 'pakke.pdf', found, findings);
  section('trust', () => checkTrust(evidence, found, roots, findings));
  return { evidence, story, findings: findings.all };
}

// ---------------------------------------------------------------- the command

function sentence(say, { code, values }) {
  const text = say[code] ?? code;
  return text.replace(/\{([a-z]+)\}/g, (_, key) => {
    const value = String(values[key] ?? '?');
    return say[value] ?? value;
  });
}

function tell({ evidence, story, findings }, folder, say, out) {
  out(say.title);
  out('');
  out(`${say['label.folder']}: ${folder}`);
  out(`${say['label.organisation']}: ${evidence.organisation?.name ?? '?'}`);
  out(`${say['label.job']}: ${evidence.job}`);
  out(`${say['label.exported']}: ${evidence.exportedAt}`);
  if (story !== null && story.signings.length > 0) {
    out(`\n${say['label.signers']}`);
    for (const { event, at } of story.signings)
      out(`  ${story.nameOf(event.signer)}, ${at}: ${say[`kind.${event.kind}`] ?? event.kind}`);
  }
  const list = (label, mark, items) => {
    if (items.length > 0) out(`\n${say[label]}`);
    for (const item of items) out(`  ${mark} ${sentence(say, item)}`);
  };
  list('label.checked', '✓', findings.good);
  list('label.notes', '–', findings.note);
  list('label.wrong', '✗', findings.wrong);
  const { length: count } = findings.wrong;
  out(`\n${sentence(say, { code: count === 0 ? 'end.good' : 'end.wrong', values: { count } })}`);
}

function parseArguments(args) {
  const options = { folder: null, say: words.nb, json: false, root: null };
  for (let at = 0; at < args.length; at++) {
    const argument = args[at];
    if (argument === '--english') options.say = words.en;
    else if (argument === '--json') options.json = true;
    else if (argument === '--root' && args[at + 1] !== undefined) options.root = args[(at += 1)];
    else if (argument.startsWith('-') || options.folder !== null)
      throw Object.assign(new Unable('use.unknown', { what: argument }), { say: options.say });
    else options.folder = argument;
  }
  return options;
}

function main(args) {
  let say = args.includes('--english') ? words.en : words.nb;
  const json = args.includes('--json');
  const out = (line) => console.log(line);
  try {
    const options = parseArguments(args);
    say = options.say;
    // Beside the script where no folder is named: it travels inside the export.
    const folder = path.resolve(options.folder ?? path.dirname(process.argv[1]));
    if (!fs.existsSync(folder)) throw new Unable('use.no-folder', { folder });
    const roots = options.root === null ? null : readRoots(options.root);
    const result = checkFolder(folder, roots);
    const { good, note, wrong } = result.findings;
    if (json) {
      const spoken = (items) => items.map((item) => ({ ...item, text: sentence(say, item) }));
      const report = {
        holds: wrong.length === 0,
        job: result.evidence.job,
        good: spoken(good),
        notes: spoken(note),
        wrong: spoken(wrong),
      };
      out(JSON.stringify(report, null, 2));
    } else tell(result, folder, say, out);
    return wrong.length === 0 ? 0 : 1;
  } catch (error) {
    const unable =
      error instanceof Unable
        ? error
        : new Unable('section.failed', { what: 'kontroller', why: error.message });
    const item = { code: unable.code, values: unable.values };
    if (json)
      out(JSON.stringify({ holds: null, unable: { ...item, text: sentence(say, item) } }, null, 2));
    else console.error(`${sentence(say, item)}\n${say['end.unable']}`);
    return 2;
  }
}

process.exitCode = main(process.argv.slice(2));

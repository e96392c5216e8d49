/** One valid input of every method: a method without a sample does not compile. */
import type { InputOf, MethodName } from '../../shared/rpc/contract.ts';
import { emptySpec } from '../../shared/job/job.ts';

const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const hash = 'ab'.repeat(32);
const upload = 'cd'.repeat(16);
const shown = [{ document: id, revision: 1, sha256: hash }];
const pin = '1234';
const mark = { type: 'drawn' as const, aspect: 3, paths: [[{ x: 0.1, y: 0.9 }]] };

export const samples: { readonly [M in MethodName]: InputOf<M> } = {
  'session.state': {},
  'session.setUp': {
    ...{ organisation: 'Å & «Ø»', organisationNumber: '123456785', sector: 'public' },
    ...{ name: 'Kari', passphrase: 'hemmelig nok', pin, trialSeal: true, language: 'nn' },
  },
  'session.signIn': { user: 'kari', passphrase: 'hemmelig' },
  'session.resume': { pin },
  'session.recover': { recoveryCode: 'AAAA-BBBB', user: 'Kari', passphrase: 'en ny frase', pin },
  'session.signOut': {},
  'session.touch': {},
  'session.lock': {},
  'session.changePassphrase': { current: 'hemmelig', next: 'en annen frase' },
  'session.changePin': { passphrase: 'hemmelig', pin: '98765' },
  'session.handOver': {
    ...{ job: id, signer: id },
    identityCheck: { method: 'known', note: 'Nabo', present: [{ role: 'interpreter', name: 'X' }] },
  },
  'session.takeBack': { pin },
  'session.leave': { reason: 'not-me' },
  'document.import': { job: id, upload, name: 'æøå.pdf', password: '', repair: true, task: id },
  'document.merge': { job: id, documents: [id, `${id}0`], title: 'Samlet', task: id },
  'document.remove': { job: id, document: id },
  'job.create': { spec: { title: 'Leieavtale' } },
  'job.edit': {
    ...{ job: id, version: 3, titles: { [id]: 'Avtale' }, order: [id] },
    spec: {
      ...emptySpec,
      signers: [
        {
          ...{ id, name: 'Kåre', title: '', order: 0, kind: 'simple', role: 'guardian' },
          ...{ onBehalfOf: 'OTHER', forWhom: 'Lise', proof: 'Vergefullmakt', language: 'nb' },
          ...{ nationalId: '010180*****', birthDate: '1980-01-01' },
        },
      ],
      fields: [
        {
          ...{ id, document: id, signer: id, existing: 'Sign1' },
          placement: { page: 0, x: 1.5, y: 2, width: 100, height: 40 },
        },
      ],
      deadline: '2026-12-01T12:00:00Z',
    },
  },
  'job.open': { job: id, task: id },
  'job.get': { job: id },
  'job.list': { tab: 'waiting', search: 'kåre', limit: 50, cursor: 'x' },
  'job.cancel': { job: id, reason: 'Feil' },
  'job.extend': { job: id, deadline: '2026-12-01T12:00:00Z' },
  'job.attest': {
    ...{ job: id, signer: id, task: id },
    key: { type: 'card', certificate: hash, pin: '2580', lastTry: true },
  },
  'signing.view': {},
  'signing.confirm': {
    shown,
    textSha256: hash,
    pagesShown: { [`${id}/1`]: 12 },
    override: 'Blind',
  },
  'signing.sign': {
    ...{ shown, mark, task: id },
    with: { type: 'card', certificate: hash, pins: ['2580'], lastTry: true },
  },
  'card.list': {},
  'signing.showCard': { certificate: hash },
  'signing.showKeyFile': { bytes: new Uint8Array([0, 255]), passphrase: 'p' },
  'signing.decline': { reason: 'Nei' },
  'signing.acceptProof': { proof: hash, pin },
  'signing.beginLogin': { provider: id },
  'signing.login': {},
  'signing.cancelLogin': {},
  'settings.eid': {},
  'settings.putEid': {
    providers: [
      {
        ...{ id, kind: 'generic', label: 'Prøve-ID', issuer: 'https://eid.example' },
        ...{ clientId: 'c', authentication: 'secret', secret: 's & ø', key: 'keep' },
        ...{ requestObject: false, logout: true, nationalId: false },
        levels: { substantial: ['urn:3'], high: ['urn:4'] },
        claims: { name: 'name', birthDate: 'birthdate', nationalId: '' },
      },
    ],
    ...{ default: id, port: 18_533 },
  },
  'settings.checkEid': { provider: id },
  'settings.tryEid': { provider: id },
  'settings.eidTrial': {},
  'sealing.seal': { job: id, task: id },
  'export.save': { jobs: [id], folder: '/tmp/x', complete: true, task: id },
  'export.takenOver': { receipt: id, reference: '26/1234' },
  'verify.document': { upload, name: 'x.pdf', password: 'p', task: id },
  'office.people': {},
  'job.audience': { job: id, unit: 'office', only: [id] },
  'job.looks': { job: id },
  'pickup.make': { job: id, signer: id, identityCheck: { method: 'eid' }, minutes: 60 },
  'pickup.withdraw': { job: id, signer: id },
  'session.pickUp': { code: '01234567' },
  'settings.units': { units: [{ id: 'office', name: 'Kontoret' }, { name: 'Skole' }] },
  'settings.counter': { twoClerks: true, pickUpCodes: true },
  'settings.get': {},
  'settings.checklist': {},
  'settings.organisation': {
    ...{ organisation: 'Eksempel', organisationNumber: '123456785', sector: 'private' },
  },
  'settings.sealFromKeyFile': { bytes: new Uint8Array([0, 1, 254, 255]), passphrase: 'p' },
  'settings.trialSeal': {},
  'settings.timestamps': {
    authorities: [{ url: 'https://tsa.example/ts', user: 'u', password: 'p' }],
  },
  'settings.checkTimestamps': {},
  'settings.trust': { anchors: ['-----BEGIN CERTIFICATE-----'] },
  'settings.export': { folder: '/tmp' },
  'settings.kiosk': { idleSeconds: 90 },
  'settings.cards': { use: true, known: false, modules: ['/usr/lib/x.so'], keyFiles: true },
  'settings.lock': { minutes: 20 },
  'settings.backup': { folder: null, everyHours: 24 },
  'settings.backupNow': { folder: '/tmp', task: id },
  'settings.rehearse': { recoveryCode: 'AAAA-BBBB', task: id },
  'settings.newRecoveryCode': { passphrase: 'hemmelig' },
  'settings.users': {},
  'settings.addUser': { name: 'Ola', roles: ['reader'], passphrase: 'hemmelig nok', pin },
  'settings.editUser': { user: id, name: 'Ola', roles: ['reader', 'admin'] },
  'settings.deactivateUser': { user: id },
  'settings.reactivateUser': { user: id },
  'settings.resetPassphrase': { user: id, passphrase: 'hemmelig nok', pin },
  'archive.officeLog': { limit: 50, cursor: '17' },
  'seal.state': {},
  'seal.unlock': { passphrase: 'p' },
  'seal.dismiss': { certificate: hash, step: 30 },
  'archive.verify': { task: id },
  'archive.stats': {},
  'task.cancel': { task: id },
};

/**
 * What the schemas of the service (specification 3.1.1) say of the messages we send, in words of our own:
 * every message is checked against it before it leaves. Tests hold it against the published schemas, both
 * ways; those are not part of the product.
 */
import type { XmlElement } from '../../shared/xml/tree.ts';
import { childElements } from '../../shared/xml/tree.ts';
import { SCHEMA } from './read-answers.ts';

/** A test of a text; what it objects to is its own business. */
type TextRule = (text: string) => boolean;

interface ElementRule {
  /** Over the names of the children, each followed by a comma; absent: text only. */
  readonly content?: RegExp;
  readonly children?: { readonly [name: string]: ElementRule };
  readonly text?: TextRule;
  readonly attributes?: {
    readonly [name: string]: { readonly rule: TextRule; readonly needed: boolean };
  };
}

/** Lengths are counted in characters, not in UTF-16 units. */
function sized(least: number, most: number): TextRule {
  return (text) => {
    const { length } = [...text];
    return length >= least && length <= most;
  };
}

function form(expression: RegExp): TextRule {
  return (text) => expression.test(text);
}

const anything: TextRule = () => true;
const text = (rule: TextRule): ElementRule => ({ text: rule });
const empty: ElementRule = { content: /^$/ };
const title = text(sized(1, 80));
const description = text(sized(0, 220));
const url = text(sized(0, 500));
const reference = text(sized(0, 50));
const number = text(form(/^[0-9]{11}$/));
const signatureType = text(form(/^(ADVANCED|AUTHENTICATED)_ELECTRONIC_SIGNATURE$/));
const onBehalfOf = text(form(/^(SELF|OTHER)$/));
const level = text(form(/^[34]$/));
const identifierInDocuments = text(
  form(/^(PERSONAL_IDENTIFICATION_NUMBER_AND_NAME|DATE_OF_BIRTH_AND_NAME|NAME)$/),
);
const place = {
  href: { rule: sized(4, 100), needed: true },
  mime: { rule: sized(1, 100), needed: true },
};
const sender: ElementRule = {
  content: /^organization-number,$/,
  children: { 'organization-number': text(form(/^[0-9]{9}$/)) },
};
const documents: ElementRule = {
  content: /^(document,){1,20}$/,
  children: { document: { content: /^title,$/, children: { title }, attributes: place } },
};
const email: ElementRule = { ...empty, attributes: { address: { rule: anything, needed: true } } };
const sms: ElementRule = { ...empty, attributes: { number: { rule: anything, needed: true } } };

const portalSigner: ElementRule = {
  content:
    /^(personal-identification-number|identified-by-contact-information),(signature-type,)?(notifications-using-lookup|notifications),(on-behalf-of,)?$/,
  children: {
    'personal-identification-number': number,
    'identified-by-contact-information': empty,
    'signature-type': signatureType,
    'notifications-using-lookup': {
      content: /^email,(sms,)?$/,
      children: { email: empty, sms: empty },
    },
    notifications: { content: /^(email,(sms,)?|sms,)$/, children: { email, sms } },
    'on-behalf-of': onBehalfOf,
  },
  attributes: { order: { rule: form(/^\s*[+-]?0*[0-9]\s*$/), needed: false } },
};

const messages: { readonly [name: string]: ElementRule } = {
  'portal-signature-job-request': {
    content: /^(reference,)?(polling-queue,)?$/,
    children: { reference, 'polling-queue': text(anything) },
  },
  'direct-signature-job-request': {
    content: /^(reference,)?exit-urls,(status-retrieval-method,)?(polling-queue,)?$/,
    children: {
      reference,
      'exit-urls': {
        content: /^completion-url,rejection-url,error-url,$/,
        children: { 'completion-url': url, 'rejection-url': url, 'error-url': url },
      },
      'status-retrieval-method': text(form(/^(WAIT_FOR_CALLBACK|POLLING)$/)),
      'polling-queue': text(anything),
    },
  },
  'direct-signer-update-request': {
    content: /^redirect-url,$/,
    children: { 'redirect-url': empty },
  },
  'portal-signature-job-manifest': {
    // The single document is the form of before 2021, which is still read.
    content:
      /^signers,sender,(title,(nonsensitive-title,)?(description,)?documents,|document,)(required-authentication,)?(availability,)?(identifier-in-signed-documents,)?$/,
    children: {
      signers: { content: /^(signer,){1,10}$/, children: { signer: portalSigner } },
      sender,
      title,
      'nonsensitive-title': title,
      description,
      documents,
      document: {
        content: /^title,(nonsensitive-title,)?(description,)?$/,
        children: { title, 'nonsensitive-title': title, description },
        attributes: place,
      },
      'required-authentication': level,
      availability: {
        content: /^(activation-time,)?(available-seconds,)?$/,
        children: {
          'activation-time': text(
            form(/^\s*-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?\s*$/),
          ),
          'available-seconds': text(form(/^\s*\+?[0-9]{1,18}\s*$/)),
        },
      },
      'identifier-in-signed-documents': identifierInDocuments,
    },
  },
  'direct-signature-job-manifest': {
    content:
      /^(signer,){1,10}sender,(title,(description,)?documents,|document,)(required-authentication,)?(identifier-in-signed-documents,)?$/,
    children: {
      signer: {
        content:
          /^(personal-identification-number|signer-identifier),(signature-type,)?(on-behalf-of,)?$/,
        children: {
          'personal-identification-number': number,
          'signer-identifier': text(sized(1, 80)),
          'signature-type': signatureType,
          'on-behalf-of': onBehalfOf,
        },
      },
      sender,
      title,
      description,
      documents,
      document: {
        content: /^title,(description,)?$/,
        children: { title, description },
        attributes: place,
      },
      'required-authentication': level,
      'identifier-in-signed-documents': identifierInDocuments,
    },
  },
};

/** Where and what a message is against the schemas, as a path of elements; null where it fits. */
export function grammarObjection(root: XmlElement): string | null {
  const rule = Object.hasOwn(messages, root.local) ? messages[root.local] : undefined;
  if (rule === undefined || root.namespace !== SCHEMA) return `${root.local}: not a message`;
  return objectionTo(root, rule, root.local);
}

function objectionTo(element: XmlElement, rule: ElementRule, path: string): string | null {
  const { attributes = {} } = rule;
  for (const { namespace, local, value } of element.attributes) {
    if (namespace === 'http://www.w3.org/2001/XMLSchema-instance') continue;
    const known =
      namespace === '' && Object.hasOwn(attributes, local) ? attributes[local] : undefined;
    if (known === undefined || !known.rule(value)) return `${path}/@${local}`;
  }
  for (const [name, { needed }] of Object.entries(attributes))
    if (needed && !element.attributes.some(({ local }) => local === name))
      return `${path}/@${name}`;
  const children = childElements(element);
  const own = element.children.map((node) => (node.type === 'text' ? node.value : '')).join('');
  if (rule.content === undefined)
    return children.length === 0 && (rule.text ?? anything)(own) ? null : path;
  // An element without content may hold nothing, not even white space, unless it can hold elements.
  if (rule.children === undefined ? own !== '' : /\S/.test(own)) return path;
  if (!children.every(({ namespace }) => namespace === SCHEMA)) return path;
  if (!rule.content.test(children.map(({ local }) => `${local},`).join(''))) return path;
  for (const child of children) {
    const inner = rule.children?.[child.local];
    const objection =
      inner === undefined ? path : objectionTo(child, inner, `${path}/${child.local}`);
    if (objection !== null) return objection;
  }
  return null;
}

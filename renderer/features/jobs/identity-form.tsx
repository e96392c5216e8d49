import {
  Button,
  Field,
  Fieldset,
  Label,
  Radio,
  Select,
  Textfield,
} from '@digdir/designsystemet-react';
import { PlusIcon, TrashIcon } from '@navikt/aksel-icons';
import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { identityDocuments } from '../../../shared/job/identity-document.ts';
import type { SignerRole, SignerStatus } from '../../../shared/job/job.ts';
import type { IdentityRules } from '../../../shared/rpc/views-counter.ts';
import { useCall } from '../../host/client.ts';
import { identityProblems, mayLackDate, presentRoles, today } from './identity-draft.ts';
import type { IdentityDraft } from './identity-draft.ts';

/** Who else is in the room: interpreter, guardian, proxy, witness. */
function Present({
  draft,
  onChange,
}: {
  draft: IdentityDraft;
  onChange: (part: Partial<IdentityDraft>) => void;
}) {
  const { t } = useTranslation('jobs');
  const set = (at: number, part: Partial<{ role: SignerRole; name: string }>) => {
    onChange({
      present: draft.present.map((each, index) => (index === at ? { ...each, ...part } : each)),
    });
  };
  return (
    <div className="stack-tight">
      {draft.present.map((each, at) => (
        <div className="identity-present" key={at}>
          <Field>
            <Label>{t('identity.presentRole')}</Label>
            <Select
              value={each.role}
              onChange={(event) => {
                set(at, { role: event.target.value as SignerRole });
              }}
            >
              {presentRoles.map((role) => (
                <Select.Option key={role} value={role}>
                  {t(`role.${role}`)}
                </Select.Option>
              ))}
            </Select>
          </Field>
          <Textfield
            className="grow"
            label={t('identity.presentName')}
            maxLength={200}
            value={each.name}
            onChange={(event) => {
              set(at, { name: event.target.value });
            }}
          />
          <Button
            type="button"
            variant="tertiary"
            data-color="neutral"
            icon
            aria-label={t('identity.presentRemove', { name: each.name })}
            onClick={() => {
              onChange({ present: draft.present.filter((_, index) => index !== at) });
            }}
          >
            <TrashIcon aria-hidden="true" />
          </Button>
        </div>
      ))}
      {draft.present.length < 5 && (
        <div>
          <Button
            type="button"
            variant="tertiary"
            onClick={() => {
              onChange({ present: [...draft.present, { role: 'interpreter', name: '' }] });
            }}
          >
            <PlusIcon aria-hidden="true" />
            {t('identity.presentAdd')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Until the office's rules have come. */
const everything: IdentityRules = { documents: identityDocuments, known: true };

/** A login is a check by itself, where one is asked for; the rest as the office takes it. */
function methodsFor(
  { kind }: SignerStatus,
  { documents, known }: IdentityRules,
): readonly IdentityDraft['method'][] {
  return [
    ...(kind === 'authenticated' ? (['eid'] as const) : []),
    ...(documents.length > 0 ? (['document'] as const) : []),
    ...(known ? (['known'] as const) : []),
  ];
}

/** How the clerk knows who is there, and who else is in the room. */
export function IdentityForm({
  signer,
  draft,
  asked,
  onChange: change,
}: {
  signer: SignerStatus;
  draft: IdentityDraft;
  /** Somebody tried to go on: what is missing is said. */
  asked: boolean;
  onChange: (part: Partial<IdentityDraft>) => void;
}) {
  const { t } = useTranslation('jobs');
  const group = useId();
  const help = useId();
  const rules = useCall('settings.identityRules', {}).value ?? everything;
  const methods = methodsFor(signer, rules);
  const [first] = methods;
  const isOffered = methods.includes(draft.method);
  useEffect(() => {
    if (!isOffered && first !== undefined) change({ method: first });
  });
  const problems = identityProblems(draft, today());
  const said = (problem: keyof typeof problems) =>
    asked && problems[problem] && t(`identity.problem.${problem}`);
  return (
    <>
      <Fieldset className="identity-how">
        <Fieldset.Legend>{t('identity.how')}</Fieldset.Legend>
        {methods.map((method) => (
          <Radio
            key={method}
            variant="outline"
            name={group}
            value={method}
            label={t(method === 'eid' ? 'identity.methodEid' : `identity.method.${method}`)}
            description={t(`identity.help.${method}`)}
            checked={draft.method === method}
            onChange={() => {
              change({ method });
            }}
          />
        ))}
      </Fieldset>
      {draft.method === 'document' ? (
        <div className="identity-document">
          <Field>
            <Label>{t('identity.documentType')}</Label>
            <Select
              value={draft.documentType}
              aria-invalid={asked && problems.documentType}
              onChange={(event) => {
                change({ documentType: event.target.value as IdentityDraft['documentType'] });
              }}
            >
              <Select.Option value="">{t('identity.choose')}</Select.Option>
              {rules.documents.map((type) => (
                <Select.Option key={type} value={type}>
                  {t(`identity.type.${type}`)}
                </Select.Option>
              ))}
            </Select>
            {asked && problems.documentType && (
              <p className="ds-validation-message">{t('identity.problem.documentType')}</p>
            )}
          </Field>
          <Textfield
            label={t('identity.lastFour')}
            aria-describedby={help}
            autoComplete="off"
            spellCheck={false}
            maxLength={4}
            value={draft.lastFour}
            error={said('lastFour')}
            onChange={(event) => {
              change({ lastFour: event.target.value.replace(/[^0-9A-Za-z]/g, '').slice(0, 4) });
            }}
          />
          <Textfield
            label={t(mayLackDate(draft) ? 'identity.expiresOptional' : 'identity.expires')}
            type="date"
            value={draft.expires}
            error={said('noDate') ?? said('expires')}
            onChange={(event) => {
              change({ expires: event.target.value });
            }}
          />
          <p id={help} className="muted small identity-help">
            {t('identity.lastFourHelp')}
          </p>
        </div>
      ) : draft.method === 'eid' ? null : (
        <Textfield
          label={t('identity.note')}
          description={t('identity.noteHelp')}
          maxLength={200}
          value={draft.note}
          error={said('note')}
          onChange={(event) => {
            change({ note: event.target.value });
          }}
        />
      )}
      <Present draft={draft} onChange={change} />
    </>
  );
}

'use client'

import { useTranslations } from 'use-intl'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { useIssueText } from '@/components/form/issue-text.ts'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { PageHeader } from '@/components/page/page-header.tsx'
import {
  type ConsumerForm,
  consumerFieldPath,
  consumerFormSchema,
  createConsumerOf,
  emptyCredential,
} from '@/lib/client/consumer-form.ts'
import { useCreateConsumer } from '@/lib/client/consumers-queries.ts'
import type { Consumer } from '@/lib/domain/consumer.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { withFieldPaths } from '../../with-field-paths.ts'
import { consumersHref } from '../consumer-href.ts'
import { CredentialFields } from '../form/credential-fields.tsx'
import { GrantsField } from '../form/grants-field.tsx'
import { useCredentialLabels } from '../form/use-credential-labels.ts'

interface CreateConsumerFormProps {
  readonly apis: readonly ModelApi[]
  readonly onCreated: (consumer: Consumer) => void
}

export function CreateConsumerForm({ apis, onCreated }: CreateConsumerFormProps) {
  const t = useTranslations('consumers')
  const { workspace } = useWorkspace()
  const create = useCreateConsumer(workspace)
  const error = useIssueText()
  const form = useKitForm({
    schema: consumerFormSchema(error),
    defaultValues: { name: '', modelApis: [], credential: emptyCredential },
  })
  const credentialLabels = useCredentialLabels()
  const submit = async (values: ConsumerForm) => {
    try {
      onCreated(await create.mutateAsync(createConsumerOf(values, apis)))
    } catch (refusal) {
      throw withFieldPaths(refusal, consumerFieldPath)
    }
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('create')}>
      <PageHeader title={t('create')} />
      <div>
        <FormSection title={t('kind')} note={t('form.consumerNote')}>
          <TextField<ConsumerForm>
            name="name"
            label={t('form.name')}
            help={t('form.nameHelp')}
            charactersMax={64}
            mono
          />
          <GrantsField />
        </FormSection>
        <FormSection title={t('form.credential')} note={t('form.credentialNote')}>
          <CredentialFields types={['api-key', 'jwt', 'hmac', 'none']} />
        </FormSection>
      </div>
      <FormBar
        submitLabel={t('create')}
        cancelHref={consumersHref(workspace)}
        fieldLabels={{ name: t('form.name'), modelApis: t('form.grants'), ...credentialLabels }}
      />
    </Form>
  )
}

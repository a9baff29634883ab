'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { SecretField } from '@/components/form/secret-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { useRotateCredential } from '@/lib/client/consumers-queries.ts'
import {
  type RotateValues,
  rotateCredentialOf,
  rotateFormSchema,
} from '@/lib/client/rotate-credential-form.ts'
import type { Credential } from '@/lib/domain/consumer.ts'
import { graceSeconds } from '@/lib/domain/service-token.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { withFieldPaths } from '../../with-field-paths.ts'

interface RotateCredentialFormProps {
  readonly consumerId: string
  readonly credential: Credential
  readonly onRotated: (credential: Credential) => void
  readonly onCancel: () => void
}

export function RotateCredentialForm(props: RotateCredentialFormProps) {
  const { consumerId, credential, onRotated, onCancel } = props
  const t = useTranslations('consumers.credentials')
  const fields = useTranslations('consumers.form')
  const { workspace } = useWorkspace()
  const rotate = useRotateCredential(workspace, consumerId, credential.id)
  const { type } = credential
  const form = useKitForm({
    schema: rotateFormSchema(type),
    defaultValues: { grace: '86400' as const, secret: '' },
  })
  const secretLabel =
    type === 'api-key' ? fields('key') : type === 'jwt' ? fields('jwtSecret') : fields('secret')
  const submit = async (values: RotateValues) => {
    try {
      onRotated(await rotate.mutateAsync(rotateCredentialOf(values, type)))
    } catch (refusal) {
      throw withFieldPaths(refusal, (path) => (path === 'key' ? 'secret' : path))
    }
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('rotate')}>
      <div className="flex flex-col gap-[18px]">
        <GraceField />
        <SecretField
          name="secret"
          control={form.control}
          label={secretLabel}
          help={type === 'jwt' ? fields('jwtSecretHelp') : fields('secretHelp')}
          autoComplete="new-password"
          optional={type !== 'jwt'}
        />
      </div>
      <FormBar
        submitLabel={t('rotate')}
        sticky={false}
        onCancel={onCancel}
        fieldLabels={{ secret: secretLabel }}
      />
    </Form>
  )
}

function GraceField() {
  const t = useTranslations('consumers.credentials')
  const graces = useTranslations('invocation.rotate.graces')
  const grace = useWatch<RotateValues, 'grace'>({ name: 'grace' })
  return (
    <>
      <SelectField<RotateValues>
        name="grace"
        label={t('grace')}
        items={graceSeconds.map((seconds) => {
          const value = String(seconds) as RotateValues['grace']
          return { value, label: graces(value) }
        })}
      />
      {grace === '0' ? <Callout tone="bad">{t('endsNow')}</Callout> : null}
    </>
  )
}

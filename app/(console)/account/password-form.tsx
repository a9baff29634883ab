'use client'

import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { SecretField } from '@/components/form/secret-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { useChangePassword } from '@/lib/client/account-queries.ts'
import { type ChangePasswordInput, changePasswordInput } from '@/lib/domain/account.ts'

export function PasswordForm({ email }: { readonly email: string }) {
  const t = useTranslations('account.password')
  const change = useChangePassword()
  const form = useKitForm({
    schema: changePasswordInput,
    defaultValues: { currentPassword: '', newPassword: '' },
  })
  const labels = { currentPassword: t('current'), newPassword: t('new') }
  const submit = async (input: ChangePasswordInput) => {
    await change.mutateAsync(input)
    form.reset({ currentPassword: '', newPassword: '' })
    toast(t('changed'))
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('title')}>
      <FormSection title={t('title')} note={t('note')}>
        {/* Password managers keep the new password under this name. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <SecretField
          name="currentPassword"
          control={form.control}
          label={labels.currentPassword}
          autoComplete="current-password"
        />
        <SecretField
          name="newPassword"
          control={form.control}
          label={labels.newPassword}
          help={t('newHelp')}
          autoComplete="new-password"
        />
        <FormBar submitLabel={t('submit')} variant="secondary" sticky={false} fieldLabels={labels} />
      </FormSection>
    </Form>
  )
}

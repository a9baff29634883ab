'use client'

import { useRouter } from 'next/navigation'
import { useWatch } from 'react-hook-form'
import { useTimeZone, useTranslations } from 'use-intl'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { SecretField } from '@/components/form/secret-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { useSetup } from '@/lib/client/session-queries.ts'
import { type SetupInput, setupInput } from '@/lib/domain/account.ts'

export function SetupForm({ token }: { readonly token: string }) {
  const t = useTranslations('auth')
  const router = useRouter()
  const setup = useSetup()
  const timeZone = useTimeZone() ?? 'UTC'
  const form = useKitForm({
    schema: setupInput,
    defaultValues: {
      token,
      name: '',
      email: '',
      password: '',
      workspace: { name: '', displayName: '', description: '', timeZone },
    },
  })
  const workspaceName = useWatch({ control: form.control, name: 'workspace.name' }) ?? ''

  const labels = {
    name: t('fields.name'),
    email: t('fields.email'),
    password: t('fields.password'),
    'workspace.name': t('fields.workspaceName'),
    token: t('fields.token'),
  }

  const submit = async (input: SetupInput) => {
    await setup.mutateAsync(input)
    router.replace(input.workspace ? `/w/${input.workspace.name}` : '/w')
  }

  return (
    <Form form={form} onSubmit={submit} guard={false} aria-label={t('setup.title')}>
      <div className="flex flex-col gap-[18px]">
        <TextField name="name" control={form.control} label={t('fields.name')} autoComplete="name" />
        <TextField
          name="email"
          control={form.control}
          label={t('fields.email')}
          type="email"
          autoComplete="username"
          inputMode="email"
        />
        <SecretField
          name="password"
          control={form.control}
          label={t('fields.password')}
          autoComplete="new-password"
          help={t('fields.passwordHelp')}
        />
        <TextField
          name="workspace.name"
          control={form.control}
          label={t('fields.workspaceName')}
          mono
          help={t.rich('fields.workspaceHelp', {
            path: () => <span className="font-mono text-ink-2">{`/w/${workspaceName || '…'}`}</span>,
          })}
        />
      </div>
      <FormBar submitLabel={t('setup.submit')} sticky={false} fieldLabels={labels} />
    </Form>
  )
}

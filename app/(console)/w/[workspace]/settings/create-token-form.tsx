'use client'

import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { useCreateApiToken } from '@/lib/client/api-tokens-queries.ts'
import { type ApiToken, createApiTokenInput } from '@/lib/domain/api-token.ts'
import { type Role, roles } from '@/lib/domain/role.ts'

interface CreateTokenFormProps {
  readonly workspace: string | null
  readonly roleMax: Role
  readonly onCreated: (token: ApiToken) => void
  readonly onCancel: () => void
}

const lifetimes = ['7', '30', '90', '365', 'never'] as const

/** A select holds text; the API takes days or null. */
const tokenValues = createApiTokenInput.extend({
  role: createApiTokenInput.shape.role.unwrap(),
  expiresInDays: z.enum(lifetimes),
})

export function CreateTokenForm({ workspace, roleMax, onCreated, onCancel }: CreateTokenFormProps) {
  const t = useTranslations('settings.tokens')
  const roleName = useTranslations('members.roles')
  const create = useCreateApiToken(workspace)
  const allowed = roles.slice(roles.indexOf(roleMax))
  const form = useKitForm({
    schema: tokenValues,
    defaultValues: {
      name: '',
      role: allowed.includes('developer') ? ('developer' as Role) : roleMax,
      expiresInDays: '90' as const,
    },
  })
  const labels = {
    name: t('fields.name'),
    role: t('fields.role'),
    expiresInDays: t('fields.expires'),
  }
  const submit = async (values: z.output<typeof tokenValues>) => {
    const days = values.expiresInDays === 'never' ? null : Number(values.expiresInDays)
    const input = createApiTokenInput.parse({ ...values, expiresInDays: days })
    onCreated(await create.mutateAsync(input))
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('createTitle')}>
      <div className="flex flex-col gap-[18px]">
        <TextField name="name" control={form.control} label={labels.name} help={t('fields.nameHelp')} />
        <SelectField
          name="role"
          control={form.control}
          label={labels.role}
          help={t('fields.roleHelp')}
          items={allowed.map((role) => ({ value: role, label: roleName(role) }))}
        />
        <SelectField
          name="expiresInDays"
          control={form.control}
          label={labels.expiresInDays}
          items={lifetimes.map((days) => ({ value: days, label: t(`expiry.${days}`) }))}
        />
      </div>
      <FormBar submitLabel={t('create')} sticky={false} onCancel={onCancel} fieldLabels={labels} />
    </Form>
  )
}

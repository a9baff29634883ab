'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { ChipsField } from '@/components/form/chips-field.tsx'
import { SecretField } from '@/components/form/secret-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { SourceFormValues } from '@/lib/client/source-form.ts'

/** How a Nacos cluster is asked. A sign-in that is off keeps its values until the drawer closes. */
export function NacosFields({ hasPassword }: { readonly hasPassword: boolean }) {
  const t = useTranslations('sources')
  const signsIn = useWatch<SourceFormValues, 'signsIn'>({ name: 'signsIn' })
  return (
    <>
      <TextField<SourceFormValues>
        name="servers"
        label={t('servers')}
        help={t('serversHelp')}
        placeholder="nacos.internal:8848"
        mono
        multiline
        rows={2}
      />
      <TextField<SourceFormValues>
        name="namespace"
        label={t('namespace')}
        help={t('namespaceHelp')}
        optional
        mono
      />
      <ChipsField<SourceFormValues> name="groups" label={t('groups')} items={['DEFAULT_GROUP']} />
      <SwitchField<SourceFormValues> name="signsIn" label={t('signsIn')} />
      {signsIn ? (
        <div className="flex flex-wrap items-start gap-x-4 gap-y-[18px] *:min-w-0 *:flex-1 *:basis-[200px]">
          <TextField<SourceFormValues> name="username" label={t('username')} autoComplete="off" mono />
          <SecretField<SourceFormValues> name="password" label={t('password')} saved={hasPassword} />
        </div>
      ) : null}
    </>
  )
}

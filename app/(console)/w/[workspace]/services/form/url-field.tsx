'use client'

import { RotateCcw } from 'lucide-react'
import { useFormContext, useFormState, useWatch } from 'react-hook-form'
import { useLocale, useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { Button } from '@/components/ui/button.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { presetUrl, urlPattern, wordsIn } from '@/lib/client/provider-form.ts'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import { baseUrlHint, repairedBaseUrl } from '@/lib/domain/provider-form.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import type { ProviderChoice } from './use-provider-choice.ts'

interface UrlFieldProps {
  readonly manifest: ProviderManifest
  readonly choice: ProviderChoice
}

/** The base URL: the provider's own until it is changed, one press to have it back, and a word about usual mistakes. */
export function UrlField({ manifest, choice }: UrlFieldProps) {
  const t = useTranslations('services.form')
  const locale = useLocale()
  const { setValue } = useFormContext<ServiceFormValues>()
  const url = useWatch<ServiceFormValues, 'baseUrl'>({ name: 'baseUrl' })
  const preset = presetUrl(manifest, choice.protocol, choice.options)
  const pattern = urlPattern(manifest, choice.protocol, choice.options)
  const hint = url.trim() === '' ? null : baseUrlHint(manifest, url.trim())
  const repaired = repairedBaseUrl(manifest, url.trim())
  const refused = useFormState<ServiceFormValues>({ name: 'baseUrl' }).errors.baseUrl !== undefined
  const write = (value: string) => setValue('baseUrl', value, { shouldDirty: true, shouldValidate: true })
  const repair =
    repaired === null ? null : (
      <Button size="sm" className="max-w-full self-start" onClick={() => write(repaired)}>
        <span className="truncate">{t('useAddress', { address: repaired })}</span>
      </Button>
    )
  const { moved } = choice
  return (
    <div className="flex max-w-[560px] flex-col gap-2">
      <TextField<ServiceFormValues>
        name="baseUrl"
        label={t('url')}
        mono
        inputMode="url"
        placeholder={pattern === '' ? 'https://' : pattern}
        help={
          moved && moved.to === url
            ? t.rich('urlMoved', {
                from: () => <del className="font-mono [overflow-wrap:anywhere]">{moved.from}</del>,
                to: () => <ins className="font-mono no-underline [overflow-wrap:anywhere]">{moved.to}</ins>,
              })
            : undefined
        }
        trailing={
          preset !== '' && url !== preset ? (
            <IconButton
              icon={RotateCcw}
              variant="edge"
              label={t('urlRestore', { url: preset })}
              onClick={() => write(preset)}
            />
          ) : null
        }
      />
      {hint && !refused ? (
        <Callout tone="warn" action={repair}>
          {wordsIn(hint, locale)}
        </Callout>
      ) : (
        repair
      )}
    </div>
  )
}

'use client'

import { type FieldValues, useFormContext, useWatch } from 'react-hook-form'
import { useLocale, useTranslations } from 'use-intl'
import { StatusGlyph } from '@/components/feedback/status-glyph.tsx'
import { SecretField } from '@/components/form/secret-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { type CredentialForm, wordsIn } from '@/lib/client/provider-form.ts'
import { otherOwnerOf } from '@/lib/domain/provider-form.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import { DocumentField } from './document-field.tsx'

interface KeyFieldsProps {
  readonly manifest: ProviderManifest
  readonly manifests: readonly ProviderManifest[]
  readonly credential: CredentialForm
  /** Of the row: `keys.0`. */
  readonly path: string
  /** Of a key that is one field without a name of its own. */
  readonly label: string
}

/** What one key consists of: one secret, a pair, or a document. */
export function KeyFields({ manifest, manifests, credential, path, label }: KeyFieldsProps) {
  const t = useTranslations('services.form')
  const locale = useLocale()
  const { getValues } = useFormContext<FieldValues>()
  const stored = getValues(`${path}.keyId`) !== ''
  const hint = String(getValues(`${path}.hint`) ?? '')
  const single = credential.fields.length === 1
  return (
    <div className="flex min-w-0 flex-[2] basis-[280px] flex-col gap-2">
      {credential.fields.map((field) => {
        const name = `${path}.fields.${field.name}`
        const title = single ? label : wordsIn(field.label, locale)
        const common = {
          name,
          label: title,
          placeholder: stored ? t('keyStored', { hint }) : field.placeholder,
        }
        if (field.kind === 'json') {
          return (
            <div key={name}>
              <DocumentField {...common} rows={5} secret accept=".json" saved={stored} />
              <ProjectId name={name} />
            </div>
          )
        }
        if (field.kind === 'text')
          return <TextField<FieldValues> key={name} {...common} mono optional={!field.required} />
        return (
          <div key={name}>
            <SecretField<FieldValues> {...common} saved={stored} optional={!field.required} />
            {single ? <Lookalike name={name} manifest={manifest} manifests={manifests} /> : null}
          </div>
        )
      })}
    </div>
  )
}

interface LookalikeProps {
  readonly name: string
  readonly manifest: ProviderManifest
  readonly manifests: readonly ProviderManifest[]
}

/** A key has the beginning that another provider's keys have. */
function Lookalike({ name, manifest, manifests }: LookalikeProps) {
  const t = useTranslations('services.form')
  const locale = useLocale()
  const other = otherOwnerOf(String(useWatch({ name }) ?? '').trim(), manifest, manifests)
  return (
    <div aria-live="polite">
      {other ? (
        <p className="mt-1 flex gap-1.5 text-meta text-warn-text">
          <StatusGlyph tone="warn" className="mt-[3px]" />
          {t('keyLooksLike', { provider: wordsIn(other.name, locale) })}
        </p>
      ) : null}
    </div>
  )
}

/** The project that a service account names, so that a wrong file is seen before it is saved. */
function ProjectId({ name }: { readonly name: string }) {
  const t = useTranslations('services.form')
  const project = projectIn(String(useWatch({ name }) ?? ''))
  if (project === null) return null
  return (
    <p role="status" className="mt-1 text-meta text-ink-2">
      {t.rich('projectId', { id: () => <code className="font-mono text-ink">{project}</code> })}
    </p>
  )
}

function projectIn(text: string): string | null {
  try {
    const document: unknown = JSON.parse(text)
    const id = typeof document === 'object' && document !== null && 'project_id' in document
    return id && typeof document.project_id === 'string' ? document.project_id : null
  } catch {
    return null
  }
}

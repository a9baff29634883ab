'use client'

import { useEffect, useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { ChipsField } from '@/components/form/chips-field.tsx'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { SecretField } from '@/components/form/secret-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { Segmented } from '@/components/ui/segmented.tsx'
import { type KubeconfigFacts, readKubeconfig } from '@/lib/client/read-kubeconfig.ts'
import type { SourceFormValues } from '@/lib/client/source-form.ts'
import { hiddenNamespaces } from '@/lib/domain/source.ts'
import { DocumentField } from '../form/document-field.tsx'

type Connection = SourceFormValues['connection']
const connections = ['kubeconfig', 'server', 'in-cluster'] as const

/** How the API server is reached. `stored`: that of the saved source, whose secret may be left out. */
export function KubernetesFields({ stored }: { readonly stored: Connection | null }) {
  const t = useTranslations('sources')
  const { setValue } = useFormContext<SourceFormValues>()
  const connection = useWatch<SourceFormValues, 'connection'>({ name: 'connection' })
  return (
    <>
      <FieldFrame id="connection" label={t('connection')} help={t('rights')} as="group">
        <Segmented
          aria-label={t('connection')}
          items={connections.map((value) => ({ value, label: t(`connections.${value}`) }))}
          value={connection}
          onValueChange={(value) => setValue('connection', value, { shouldDirty: true })}
        />
      </FieldFrame>
      {connection === 'kubeconfig' ? <KubeconfigFields saved={stored === 'kubeconfig'} /> : null}
      {connection === 'server' ? (
        <>
          <TextField<SourceFormValues>
            name="url"
            label={t('url')}
            placeholder="https://10.0.0.1:6443"
            inputMode="url"
            mono
          />
          <SecretField<SourceFormValues> name="token" label={t('token')} saved={stored === 'server'} />
          <DocumentField
            name="ca"
            label={t('ca')}
            help={t('caHelp')}
            optional
            rows={4}
            placeholder="-----BEGIN CERTIFICATE-----"
            accept=".pem,.crt,.cer,.txt"
          />
        </>
      ) : null}
      {connection === 'in-cluster' ? (
        <p className="max-w-[560px] text-control text-ink-2">{t('inCluster')}</p>
      ) : null}
      <ChipsField<SourceFormValues>
        name="hiddenNamespaces"
        label={t('hidden')}
        help={t('hiddenHelp')}
        items={hiddenNamespaces}
        optional
      />
    </>
  )
}

function KubeconfigFields({ saved }: { readonly saved: boolean }) {
  const t = useTranslations('sources')
  const facts = useKubeconfig()
  return (
    <>
      <DocumentField
        name="kubeconfig"
        label={t('kubeconfig')}
        rows={7}
        secret
        saved={saved}
        placeholder="apiVersion: v1"
        accept=".yaml,.yml,.conf,.json,.txt"
      />
      {facts && facts.contexts.length > 1 ? (
        <SelectField<SourceFormValues>
          name="context"
          label={t('context')}
          mono
          items={[
            { value: '', label: t('contextCurrent', { context: facts.current || '—' }) },
            ...facts.contexts.map((value) => ({ value, label: value })),
          ]}
        />
      ) : null}
    </>
  )
}

/** What the kubeconfig in the form holds. A context of another one is let go. */
function useKubeconfig(): KubeconfigFacts | null {
  const { setValue, getValues } = useFormContext<SourceFormValues>()
  const text = useWatch<SourceFormValues, 'kubeconfig'>({ name: 'kubeconfig' })
  const [facts, setFacts] = useState<KubeconfigFacts | null>(null)
  useEffect(() => {
    let current = true
    void readKubeconfig(text).then((read) => {
      if (!current) return
      setFacts(read)
      if (read && !read.contexts.includes(getValues('context'))) setValue('context', '')
    })
    return () => {
      current = false
    }
  }, [text, setValue, getValues])
  return facts
}

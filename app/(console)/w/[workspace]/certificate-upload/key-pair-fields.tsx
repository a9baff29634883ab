'use client'

import { useId } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FieldNote } from '@/components/form/field-frame.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { SecretField } from '@/components/form/secret-field.tsx'
import { announce } from '@/components/ui/announce.ts'
import type { CertificatePreview } from '@/lib/domain/certificate.ts'
import { PemField } from './pem-field.tsx'
import { PreviewResult } from './preview-result.tsx'
import { isEncryptedKey, splitPem } from './read-pem.ts'
import { useCertificatePreview } from './use-certificate-preview.ts'

export interface KeyPairValues {
  readonly chain: string
  readonly key: string
  readonly passphrase: string
}

interface KeyPairFieldsProps {
  /** Runs with what the certificate is, as soon as it could be read. */
  readonly onFacts?: (facts: NonNullable<CertificatePreview['facts']>) => void
}

/** Chain, key and, where the key asks for one, its passphrase, with what they are under them. */
export function KeyPairFields({ onFacts }: KeyPairFieldsProps) {
  const t = useTranslations('certificates.upload')
  const sentence = useSentences()
  const { control, formState, setValue, clearErrors } = useFormContext<KeyPairValues>()
  const [chain, key, passphrase] = useWatch({ control, name: ['chain', 'key', 'passphrase'] })
  const { preview, failure } = useCertificatePreview({ chain, key, passphrase }, onFacts)
  const complaint = (path: keyof KeyPairValues) =>
    preview?.errors.find((error) => error.path === path)?.message
  const wrongId = useId()
  const wrongPassphrase = passphrase === '' ? undefined : complaint('passphrase')
  const write = (name: 'chain' | 'key', text: string) => {
    clearErrors(name)
    setValue(name, text, { shouldDirty: true })
  }
  const writeChain = (text: string) => {
    const parts = splitPem(text)
    write('chain', parts.chain)
    if (parts.key === '') return
    write('key', parts.key)
    announce(t('keyMoved'))
  }
  return (
    <>
      <PemField
        name="chain"
        label={t('chain')}
        help={t('chainHelp')}
        complaint={complaint('chain')}
        onText={writeChain}
      />
      <PemField
        name="key"
        label={t('key')}
        help={t('keyHelp')}
        complaint={complaint('key')}
        secret
        onText={(text) => write('key', text)}
      />
      {isEncryptedKey(key) ? (
        <div>
          <SecretField
            name="passphrase"
            control={control}
            label={t('passphrase')}
            help={t('passphraseHelp')}
          />
          {wrongPassphrase && !formState.errors.passphrase ? (
            <FieldNote id={wrongId} error={sentence(wrongPassphrase)} />
          ) : null}
        </div>
      ) : null}
      <PreviewResult preview={preview} failure={failure} />
    </>
  )
}

'use client'

import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { StatusGlyph } from '@/components/feedback/status-glyph.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { Button } from '@/components/ui/button.tsx'
import { NumberInput } from '@/components/ui/number-input.tsx'
import { isPublicAddress } from '@/lib/client/public-address.ts'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import { hostPortComplaints, readHostPort } from '@/lib/domain/host-port.ts'

interface AddressRowsProps {
  readonly source: 'dns' | 'fixed'
  readonly addresses: readonly string[]
  readonly onSource: ((source: 'dns' | 'fixed') => void) | null
}

type Complaint = ReturnType<typeof hostPortComplaints>[number]

/** Each address as it was understood, its weight, or what is wrong with it and the repair. */
export function AddressRows({ source, addresses, onSource }: AddressRowsProps) {
  const t = useTranslations('services.form')
  const { setValue, getValues } = useFormContext<ServiceFormValues>()
  const complaints = hostPortComplaints(addresses, source)
  if (addresses.length === 0) return null
  const rewrite = (index: number, replacement: readonly string[]) => {
    const next = addresses.toSpliced(index, 1, ...replacement)
    setValue('addresses', next.join('\n'), { shouldDirty: true, shouldValidate: true })
  }
  return (
    <table className="w-full max-w-[560px] text-control">
      <caption className="sr-only">{t('addressesRead')}</caption>
      <thead>
        <tr className="border-b border-line text-left text-meta text-ink-3">
          <th scope="col" className="py-1.5 pr-3 font-normal">
            {t('host')}
          </th>
          <th scope="col" className="py-1.5 pr-3 font-normal">
            {t('port')}
          </th>
          {source === 'fixed' ? (
            <th scope="col" className="w-[130px] py-1.5 font-normal">
              {t('weight')}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {addresses.map((address, index) => {
          const complaint = complaints.find((one) => one.index === index)
          return (
            // Only the second of two equal addresses is a complaint.
            <tr
              key={complaint?.code === 'repeated' ? `${address} again` : address}
              className="border-b border-line align-top"
            >
              {complaint ? (
                <td colSpan={source === 'fixed' ? 3 : 2} className="py-2">
                  <WrongAddress
                    address={address}
                    complaint={complaint}
                    onSource={onSource}
                    onRewrite={(replacement) => rewrite(index, replacement)}
                  />
                </td>
              ) : (
                <GoodAddress address={address} weighted={source === 'fixed'} getValues={getValues} />
              )}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

interface WrongAddressProps {
  readonly address: string
  readonly complaint: Complaint
  readonly onSource: ((source: 'dns' | 'fixed') => void) | null
  readonly onRewrite: (replacement: readonly string[]) => void
}

function WrongAddress({ address, complaint, onSource, onRewrite }: WrongAddressProps) {
  const t = useTranslations('services.form')
  const sentence = useSentences()
  const bare = complaint.params?.['bare']
  const meant = complaint.code === 'wrong_source' ? complaint.params?.['source'] : undefined
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <span className="min-w-0 flex-1 basis-[260px]">
        <span className="block font-mono text-code [overflow-wrap:anywhere]">{address}</span>
        <span className="mt-0.5 flex gap-1.5 text-meta text-bad-text">
          <StatusGlyph tone="bad" className="mt-[3px]" />
          {sentence(complaint.message)}
        </span>
      </span>
      <span className="flex flex-wrap gap-2">
        {(meant === 'fixed' || meant === 'dns') && onSource ? (
          <Button size="sm" onClick={() => onSource(meant)}>
            {t(`useSource.${meant}`)}
          </Button>
        ) : null}
        {typeof bare === 'string' && bare !== '' ? (
          <Button size="sm" onClick={() => onRewrite([bare])}>
            {t('useAddress', { address: bare })}
          </Button>
        ) : null}
        <Button size="sm" variant="quiet" onClick={() => onRewrite([])}>
          {t('addressRemove')}
        </Button>
      </span>
    </div>
  )
}

interface GoodAddressProps {
  readonly address: string
  readonly weighted: boolean
  readonly getValues: () => ServiceFormValues
}

function GoodAddress({ address, weighted, getValues }: GoodAddressProps) {
  const t = useTranslations('services.form')
  const { setValue } = useFormContext<ServiceFormValues>()
  const weights = useWatch<ServiceFormValues, 'weights'>({ name: 'weights' })
  const reading = readHostPort(address)
  if (!reading.ok) return null
  const { host, port, isAddress } = reading.value
  const entry = weights.find((one) => one.address === address)
  const setWeight = (weight: number | null) => {
    const others = getValues().weights.filter((one) => one.address !== address)
    setValue('weights', [...others, { address, weight }], { shouldDirty: true, shouldValidate: true })
  }
  return (
    <>
      <td className="py-2 pr-3">
        <span className="block font-mono text-code [overflow-wrap:anywhere]">{host}</span>
        {isAddress && isPublicAddress(host) ? (
          <span className="block text-meta text-ink-3">{t('publicAddress')}</span>
        ) : null}
      </td>
      <td className="py-2 pr-3 font-mono text-code">{port}</td>
      {weighted ? (
        <td className="py-1">
          <NumberInput
            aria-label={t('weightOf', { address })}
            value={entry ? entry.weight : 1}
            onValueChange={setWeight}
            min={0}
            max={1000}
          />
        </td>
      ) : null}
    </>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { RadioCardsField } from '@/components/form/radio-cards-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import {
  chosenCertificate,
  type DomainValues,
  domainValues,
  newTlsValues,
  toCreateDomain,
} from '@/lib/client/domain-form-values.ts'
import { useCreateDomain } from '@/lib/client/domains-queries.ts'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { asciiDomain, type Domain } from '@/lib/domain/domain-name.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useGatewayName } from '../gateway-name.ts'
import { useWorkspace } from '../use-workspace.ts'
import { missingCertificate } from './missing-certificate.ts'
import { PrivateVpcField } from './private-vpc-field.tsx'
import { TlsFields } from './tls-fields.tsx'
import { useDomainCertificates } from './use-domain-certificates.ts'
import { useDomainLabels } from './use-domain-labels.ts'

interface CreateDomainFormProps {
  readonly gatewayId?: string
  readonly onCreated: (domain: Domain) => void
  readonly onCancel: () => void
}

export function CreateDomainForm({ gatewayId, onCreated, onCancel }: CreateDomainFormProps) {
  const t = useTranslations('domain-form')
  const { workspace } = useWorkspace()
  const create = useCreateDomain(workspace)
  const labels = useDomainLabels()
  const gateways = useQuery(gatewayQueries.list(workspace)).data?.items
  const form = useKitForm({
    schema: domainValues,
    defaultValues: {
      gatewayId: gatewayId ?? '',
      name: '',
      side: 'public',
      vpcId: null,
      ...newTlsValues,
    } satisfies DomainValues,
  })
  const [chosenGateway, name, side] = useWatch({
    control: form.control,
    name: ['gatewayId', 'name', 'side'],
  })
  const gateway = gateways?.find(({ id }) => id === chosenGateway)
  const certificates = useDomainCertificates(gateway?.type)
  const submit = async (values: DomainValues) => {
    const own = values.protocol === 'https' && values.certificate === 'own'
    if (own && chosenCertificate(values, values.name, certificates) === null) {
      throw missingCertificate(t('certificateMissing'))
    }
    const created = await create.mutateAsync(toCreateDomain(values, certificates))
    toast(t('created'))
    onCreated(created)
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('createTitle')}>
      <div className="flex flex-col gap-[18px]">
        {gatewayId === undefined ? (
          <GatewayField control={form.control} label={labels.gatewayId} gateways={gateways ?? []} />
        ) : null}
        <RadioCardsField
          name="side"
          control={form.control}
          label={labels.side}
          items={[
            {
              value: 'public',
              title: t('sides.public'),
              description: t('sides.publicText'),
              disabledReason: gateway?.internet.enabled === false ? t('internetOff') : undefined,
            },
            {
              value: 'private',
              title: t('sides.private'),
              description: t('sides.privateText'),
              disabledReason: gateway?.vpc.enabled === false ? t('vpcOff') : undefined,
            },
          ]}
        />
        <TextField
          name="name"
          control={form.control}
          label={labels.name}
          help={<NameHelp name={name} />}
          placeholder="api.example.com"
          mono
        />
        {side === 'private' && gateway && gateway.type !== 'shared' ? (
          <PrivateVpcField control={form.control} label={labels.vpcId} gatewayId={gateway.id} />
        ) : null}
        <TlsFields
          name={name}
          side={side}
          certificates={certificates}
          forInstallation={gateway?.type === 'shared'}
        />
      </div>
      <FormBar submitLabel={t('create')} sticky={false} onCancel={onCancel} fieldLabels={labels} />
    </Form>
  )
}

/** The form in which resolvers know the name, where it is another one. */
function NameHelp({ name }: { readonly name: string }) {
  const t = useTranslations('domain-form')
  const ascii = asciiDomain(name)
  if (ascii === null || ascii === name.trim().toLowerCase()) return t('nameHelp')
  return t.rich('punycode', { ascii: () => <code className="font-mono">{ascii}</code> })
}

interface GatewayFieldProps {
  readonly control: ReturnType<typeof useKitForm<DomainValues, DomainValues>>['control']
  readonly label: string
  readonly gateways: readonly Gateway[]
}

function GatewayField({ control, label, gateways }: GatewayFieldProps) {
  const t = useTranslations('domain-form')
  const name = useGatewayName()
  const type = useTranslations('gateways.types')
  return (
    <SelectField
      name="gatewayId"
      control={control}
      label={label}
      placeholder={t('chooseGateway')}
      items={gateways.map((gateway) => ({
        value: gateway.id,
        label: name(gateway),
        description: type(gateway.type),
        disabledReason: gateway.editable ? undefined : t('gatewayNotYours'),
      }))}
    />
  )
}

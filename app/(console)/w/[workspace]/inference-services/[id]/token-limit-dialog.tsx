'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { NumberField } from '@/components/form/number-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Dialog } from '@/components/ui/dialog.tsx'
import { useUpdateServiceToken } from '@/lib/client/service-tokens-queries.ts'
import { switchedOff } from '@/lib/client/switched.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import type { ServiceToken } from '@/lib/domain/service-token.ts'
import { requestsPerSecond } from '@/lib/domain/traffic-policy.ts'

type TokenLimitDialogProps = {
  readonly workspace: string
  readonly service: InferenceService
  readonly token: ServiceToken
  readonly onClose: () => void
}

export function TokenLimitDialog(props: TokenLimitDialogProps) {
  const t = useTranslations('inference-services.tokens')
  return (
    <Dialog open onOpenChange={props.onClose} title={t('limitTitle')} description={t('limitNote')}>
      <TokenLimitForm {...props} />
    </Dialog>
  )
}

const values = z.object({
  requestsPerSecond: z.discriminatedUnion('enabled', [
    switchedOff,
    z.object({ enabled: z.literal(true), value: requestsPerSecond }),
  ]),
})

function TokenLimitForm({ workspace, service, token, onClose }: TokenLimitDialogProps) {
  const t = useTranslations('inference-services.tokens')
  const policy = useTranslations('inference-services.policy')
  const { mutateAsync: update } = useUpdateServiceToken(workspace, service.id, token.id)
  const form = useKitForm({
    schema: values,
    defaultValues: {
      requestsPerSecond: { enabled: token.requestsPerSecond !== null, value: token.requestsPerSecond ?? 10 },
    },
  })
  const limited = useWatch({ control: form.control, name: 'requestsPerSecond.enabled' })
  return (
    <Form
      form={form}
      guard={false}
      aria-label={t('limitTitle')}
      className="flex flex-col gap-4"
      onSubmit={async ({ requestsPerSecond: limit }) => {
        await update({ requestsPerSecond: limit.enabled ? limit.value : null })
        toast(t('limitSaved'))
        onClose()
      }}
    >
      <SwitchField<z.input<typeof values>> name="requestsPerSecond.enabled" label={t('limitSwitch')} />
      {limited ? (
        <NumberField<z.input<typeof values>>
          name="requestsPerSecond.value"
          label={t('limitValue')}
          unit={policy('perSecond')}
          help={t('limitHelp')}
          min={1}
          max={1_000_000}
        />
      ) : null}
      <FormBar
        sticky={false}
        submitLabel={t('limitSave')}
        onCancel={onClose}
        fieldLabels={{ requestsPerSecond: t('limitValue') }}
      />
    </Form>
  )
}

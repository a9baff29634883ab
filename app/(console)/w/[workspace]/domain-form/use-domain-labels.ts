'use client'

import { useTranslations } from 'use-intl'

const names = [
  'gatewayId',
  'side',
  'name',
  'vpcId',
  'protocol',
  'certificate',
  'certificateId',
  'forceHttps',
] as const

/** The names of a domain's fields, above them and in complaints about them. */
export function useDomainLabels(): Record<(typeof names)[number], string> {
  const t = useTranslations('domain-form.fields')
  return Object.fromEntries(names.map((name) => [name, t(name)])) as Record<(typeof names)[number], string>
}

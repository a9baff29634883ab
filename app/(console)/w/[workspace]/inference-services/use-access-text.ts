'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { networkQueries } from '@/lib/client/networks-queries.ts'
import type { NacosRegistrationInput } from '@/lib/domain/service-access.ts'

interface Listener {
  /** Null: any free port. */
  readonly port: number | null
  readonly side: 'internet' | 'vpc'
}

type Registration = Pick<
  NacosRegistrationInput,
  'servers' | 'namespace' | 'group' | 'serviceName' | 'username' | 'password'
>

/** Where a service stands and which ways lead past its gateway, in words. */
export function useAccessText(workspace: string) {
  const t = useTranslations('inference-services.access')
  const { data: vpcs } = useQuery(networkQueries.vpcs(workspace))
  const { data: vswitches } = useQuery(networkQueries.vswitches(workspace))
  const { data: groups } = useQuery(networkQueries.securityGroups(workspace))
  const named = (list: ReadonlyArray<{ id: string; name: string }> | undefined, id: string | null) =>
    id === null ? t('none') : (list?.find((item) => item.id === id)?.name ?? id)
  return {
    vpc: (id: string | null) => named(vpcs, id),
    vswitch: (id: string | null) => named(vswitches, id),
    securityGroup: (id: string | null) => named(groups, id),
    direct: (on: boolean) => (on ? t('directOn') : t('off')),
    /** One line each; empty when there is none. */
    nlb: (listeners: readonly Listener[]): string[] =>
      listeners.map(({ port, side }) =>
        port === null
          ? t('listenerAnyPort', { side: t(`sides.${side}`) })
          : t('listener', { port: String(port), side: t(`sides.${side}`) }),
      ),
    /** What `password` says is about to happen to it; undefined: nothing. */
    nacos: (registrations: readonly Registration[], service: string): string[] =>
      registrations.map(({ servers, namespace, group, serviceName, username, password }) =>
        [
          t('registration', { name: `${group}@@${serviceName ?? service}`, servers: servers.join(', ') }),
          ...(namespace === '' ? [] : [t('namespace', { namespace })]),
          ...(username === null ? [] : [t('user', { username })]),
          ...(password === undefined ? [] : [t(password === null ? 'passwordRemoved' : 'passwordSet')]),
        ].join(' · '),
      ),
    off: t('off'),
  }
}

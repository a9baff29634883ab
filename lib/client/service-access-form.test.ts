import { describe, expect, test } from 'vitest'
import { storedService } from '@/lib/client/testing/stored-service.ts'
import { updateInputOf } from './inference-service-changes.ts'
import {
  duplicateInferenceServiceForm,
  inferenceServiceForm,
  inferenceServiceFormOf,
  withoutSecrets,
} from './inference-service-form.ts'
import { serviceFormPath } from './service-access-form.ts'

describe('the network of a service', () => {
  const stored = {
    ...storedService,
    vpcId: 'vpc_1',
    vswitchId: 'vsw_1',
    securityGroupId: 'sg_1',
    vpcDirect: true,
    nlb: [{ port: 8107, side: 'vpc' as const }],
    nacos: [
      {
        id: 'nac_1',
        servers: ['http://a:8848', 'http://b:8848'],
        namespace: '',
        group: 'DEFAULT_GROUP',
        serviceName: null,
        username: 'nacos',
        hasPassword: true,
      },
    ],
  }
  const form = inferenceServiceFormOf(stored)
  const row = { ...registrationOf(form), id: 'nac_1' }
  const save = (change: Partial<typeof form>) =>
    updateInputOf(stored, inferenceServiceForm.parse({ ...form, ...change }))
  const nacosWith = (change: object) => ({
    nacos: { enabled: true as const, registrations: [{ ...row, ...change }] },
  })

  function registrationOf({ nacos }: typeof form) {
    if (!nacos.enabled || nacos.registrations[0] === undefined) throw new Error('No registration.')
    return nacos.registrations[0]
  }

  test('survives an update of something else', () => {
    expect(save({})).toBeNull()
    expect(save({ description: 'x' })).toEqual({ description: 'x', version: 4 })
    expect(save({ vswitchId: '' })).toEqual({ vswitchId: null, version: 4 })
  })

  test('keeps a Nacos password unless it is replaced or removed', () => {
    expect(save(nacosWith({ group: 'OTHER' }))?.nacos).toEqual([
      {
        id: 'nac_1',
        servers: ['http://a:8848', 'http://b:8848'],
        namespace: '',
        group: 'OTHER',
        serviceName: null,
        username: 'nacos',
      },
    ])
    expect(save(nacosWith({ password: 'new' }))?.nacos).toMatchObject([{ id: 'nac_1', password: 'new' }])
    expect(save(nacosWith({ removePassword: true }))?.nacos).toMatchObject([{ password: null }])
  })

  test('takes servers a line or between commas, and complains at their field', () => {
    const servers = 'http://a:8848/, http://c:8848\n\n'
    expect(save(nacosWith({ servers }))?.nacos?.[0]?.servers).toEqual(['http://a:8848', 'http://c:8848'])
    const paths = (change: object) =>
      inferenceServiceForm
        .safeParse({ ...form, ...nacosWith(change) })
        .error?.issues.map(({ path }) => path.join('.'))
    expect(paths({ servers: '' })).toEqual(['nacos.registrations.0.servers'])
    expect(paths({ servers: 'nacos.internal' })).toEqual(['nacos.registrations.0.servers'])
    expect(serviceFormPath('nacos.0.servers.1')).toBe('nacos.registrations.0.servers')
    expect(serviceFormPath('nlb.1.port')).toBe('nlb.listeners.1.port')
  })

  test('ways that are switched off are not checked and not sent', () => {
    const off = save({
      vpcDirect: false,
      nlb: { enabled: false, listeners: [{ port: 0 }] },
      nacos: { enabled: false },
    })
    expect(off).toEqual({ vpcDirect: false, nlb: [], nacos: [], version: 4 })
  })

  test('names what a way past the gateway misses', () => {
    const result = inferenceServiceForm.safeParse({ ...form, vpcId: '', vswitchId: '', securityGroupId: '' })
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual(['vpcId', 'securityGroupId'])
  })

  test('a copy asks for ports of its own and takes no password along; a draft holds none', () => {
    const copy = duplicateInferenceServiceForm(stored)
    expect(copy.nlb).toEqual({ enabled: true, listeners: [{ port: null, side: 'vpc' }] })
    expect(registrationOf(copy)).toMatchObject({ hasPassword: false, password: '' })
    expect(registrationOf(copy)).not.toHaveProperty('id')
    const typed = { ...form, ...nacosWith({ password: 'typed-secret' }), upstreamCredential: 'typed-secret' }
    expect(JSON.stringify(withoutSecrets(typed))).not.toContain('typed-secret')
  })
})

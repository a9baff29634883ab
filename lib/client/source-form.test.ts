import { expect, test } from 'vitest'
import { readKubeconfig } from './read-kubeconfig.ts'
import {
  createSourceOf,
  emptySourceForm,
  type SourceFormValues,
  sourceFieldPath,
  sourceFormSchema,
} from './source-form.ts'

const schema = sourceFormSchema({ error: () => 'Not accepted.', stored: null })
const nacos = (values: Partial<SourceFormValues> = {}): SourceFormValues => ({
  ...emptySourceForm('gw_shared', 'nacos'),
  name: 'registry',
  servers: 'nacos.internal:8848, https://b.internal:8848',
  ...values,
})
const fieldsOf = (values: SourceFormValues) =>
  (schema.safeParse(values).error?.issues ?? []).map(({ path }) => path.join('.'))

test('servers without a scheme are asked over HTTP', () => {
  expect(fieldsOf(nacos())).toEqual([])
  expect(createSourceOf(nacos())).toMatchObject({
    type: 'nacos',
    nacos: {
      servers: ['http://nacos.internal:8848', 'https://b.internal:8848'],
      username: null,
      password: null,
    },
  })
})

test('an empty password is left out, so that the stored one stays', () => {
  const signedIn = createSourceOf(nacos({ signsIn: true, username: 'reader' }))
  expect(signedIn).toHaveProperty('nacos.username', 'reader')
  expect(signedIn).not.toHaveProperty('nacos.password')
})

test('a new cluster needs its secret, each connection its own', () => {
  const cluster = (values: Partial<SourceFormValues>) =>
    fieldsOf({ ...emptySourceForm('gw_shared', 'kubernetes'), name: 'prod', ...values })
  expect(cluster({})).toEqual(['kubeconfig'])
  expect(cluster({ connection: 'server', url: 'here' })).toEqual(['url', 'token'])
  expect(cluster({ connection: 'in-cluster' })).toEqual([])
})

test('complaints find their fields', () => {
  expect(sourceFieldPath('kubernetes.connection.kubeconfig')).toBe('kubeconfig')
  expect(sourceFieldPath('kubernetes.connection')).toBe('connection')
  expect(sourceFieldPath('nacos.servers.1')).toBe('servers')
  expect(sourceFieldPath('name')).toBe('name')
})

test('reads the contexts of a kubeconfig, and of nothing else', async () => {
  const text = 'contexts:\n- name: a\n- name: b\ncurrent-context: b\n'
  expect(await readKubeconfig(text)).toEqual({ contexts: ['a', 'b'], current: 'b' })
  expect(await readKubeconfig('hello')).toBeNull()
  expect(await readKubeconfig('a: [')).toBeNull()
  expect(await readKubeconfig(' ')).toBeNull()
})

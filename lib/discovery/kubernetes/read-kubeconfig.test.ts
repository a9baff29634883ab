import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { KubeconfigError, readKubeconfig } from './read-kubeconfig.ts'

const pem = (what: string) => `-----BEGIN ${what}-----\nQUJD\n-----END ${what}-----\n`
const base64 = (text: string) => Buffer.from(text).toString('base64')

function write(
  cluster: object = {},
  user: object | null = { token: 'secret-token' },
  more: object = {},
): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'main',
    clusters: [{ name: 'one', cluster: { server: 'https://10.0.0.1:6443', ...cluster } }],
    contexts: [
      { name: 'main', context: { cluster: 'one', user: 'me' } },
      { name: 'nobody', context: { cluster: 'one', user: '' } },
      { name: 'lost', context: { cluster: 'two', user: 'me' } },
    ],
    users: [{ name: 'me', user }],
    ...more,
  })
}

describe('a kubeconfig', () => {
  test('gives server, authority and token of its current context', () => {
    const ca = base64(pem('CERTIFICATE'))
    const read = readKubeconfig(write({ 'certificate-authority-data': ca, 'tls-server-name': 'kubernetes' }))
    expect(read).toEqual({
      access: {
        url: 'https://10.0.0.1:6443',
        ca: pem('CERTIFICATE'),
        serverName: 'kubernetes',
        credential: { type: 'token', token: 'secret-token' },
      },
      context: 'main',
      user: 'me',
      contexts: ['main', 'nobody', 'lost'],
    })
  })

  test('gives a client certificate, user and password, or nobody', () => {
    const pair = {
      'client-certificate-data': base64(pem('CERTIFICATE')),
      'client-key-data': base64(pem('RSA PRIVATE KEY')),
    }
    expect(readKubeconfig(write({}, pair)).access.credential).toEqual({
      type: 'certificate',
      certificate: pem('CERTIFICATE'),
      key: pem('RSA PRIVATE KEY'),
    })
    const basic = { username: 'u', password: 'p' }
    expect(readKubeconfig(write({}, basic)).access.credential).toEqual({ type: 'basic', ...basic })
    expect(readKubeconfig(write({}, null)).access.credential).toEqual({ type: 'none' })
    expect(readKubeconfig(write(), 'nobody')).toMatchObject({
      user: null,
      access: { credential: { type: 'none' } },
    })
  })

  test('is read in JSON too, and keeps a path of the server', () => {
    const text = JSON.stringify({
      'current-context': 'a',
      clusters: [{ name: 'c', cluster: { server: 'https://rancher.example/k8s/clusters/c-1/' } }],
      contexts: [{ name: 'a', context: { cluster: 'c', user: null } }],
    })
    expect(readKubeconfig(text).access.url).toBe('https://rancher.example/k8s/clusters/c-1')
  })

  test.each([
    ['no YAML', 'a: [', null, /is not YAML \(line \d+\)/],
    ['a field twice', 'a: 1\na: 2', null, /is not YAML/],
    ['another thing', 'just text', null, /does not have the shape of one, at its top/],
    ['a context of no shape', 'contexts: [{name: 1}]', null, /at contexts\.0/],
    ['no context at all', 'apiVersion: v1\nkind: Config', null, /has no contexts\. Paste the whole file/],
    [
      'no current context',
      write({}, {}, { 'current-context': '' }),
      null,
      /Choose one of: main, nobody, lost/,
    ],
    ['a context that is not there', write(), 'x', /has no context x\. It has: main, nobody, lost/],
    ['a context without its cluster', write(), 'lost', /no cluster two, which context lost uses/],
    ['a context without its user', write({}, {}, { users: [] }), null, /no user me, which context main uses/],
    ['a server that is none', write({ server: '10.0.0.1' }), null, /no server such as https/],
    [
      'an authority in a file',
      write({ 'certificate-authority': '/ca.crt' }),
      null,
      /names a file of another machine.*--flatten/,
    ],
    [
      'a server left unverified',
      write({ 'insecure-skip-tls-verify': true }),
      null,
      /leaves the server unverified/,
    ],
    ['a proxy', write({ 'proxy-url': 'http://p' }), null, /leads through a proxy/],
    [
      'a certificate in a file',
      write({}, { 'client-certificate': 'a.crt' }),
      null,
      /client-certificate, which names a file/,
    ],
    ['a key in a file', write({}, { 'client-key': 'a.key' }), null, /client-key, which names a file/],
    ['a token in a file', write({}, { tokenFile: '/token' }), null, /tokenFile, which names a file/],
    [
      'a program that logs in',
      write({}, { exec: { command: 'aws' } }),
      null,
      /exec, which runs a program.*create token/,
    ],
    [
      'a plug-in that logs in',
      write({}, { 'auth-provider': { name: 'gcp' } }),
      null,
      /auth-provider, which logs in/,
    ],
    ['an identity that is put on', write({}, { as: 'admin' }), null, /acts for somebody else/],
    ['half a key pair', write({}, { 'client-key-data': base64(pem('PRIVATE KEY')) }), null, /go together/],
    [
      'a certificate that is none',
      write({ 'certificate-authority-data': 'abc' }),
      null,
      /is not a PEM in base64/,
    ],
    ['a token that is a number', write({}, { token: 123 }), null, /token of the kubeconfig is not text/],
  ])('with %s is refused, in words', (_what, text, context, reason) => {
    expect(() => readKubeconfig(text, context)).toThrow(KubeconfigError)
    expect(() => readKubeconfig(text, context)).toThrow(reason)
  })

  test('that repeats itself without end is refused before it fills the memory', () => {
    const layers = Array.from({ length: 20 }, (_, index) => {
      const before = index === 0 ? '"x"' : `*a${index - 1}`
      return `a${index}: &a${index} [${Array(9).fill(before).join(', ')}]`
    })
    expect(() => readKubeconfig(layers.join('\n'))).toThrow(/repeats itself too often/)
  })

  test('is read in a time that grows with its length alone', () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, 1]))
    // Comparing each entry of a map with all others would take longer than a test may.
    expect(readKubeconfig(write({}, { token: 'secret-token' }, { many })).user).toBe('me')
  })

  test('shows nothing of its secrets when it is refused', () => {
    for (const text of [
      write({ server: 'x' }),
      'token: secret-token\n  - [',
      write({}, { token: ['secret-token'] }),
    ]) {
      expect(() => readKubeconfig(text)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('secret-token') }),
      )
    }
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPathForm } from '@/lib/gateway/stages/match/path-form.ts'

const name = fc.stringMatching(/^[a-z][a-z0-9_]{2,62}$/)
const segment = fc.stringMatching(/^[A-Za-z0-9%._~!$&'()*+,;=:@-]{1,20}$/)
const query = fc.stringMatching(/^(\?[A-Za-z0-9%/?&=._-]{0,40})?$/)
const slashes = fc.constantFrom('/', '//', '///')

describe('The path form', () => {
  test.each([
    ['/api/predict/demo', 'demo', '/'],
    ['/api/predict/demo/', 'demo', '/'],
    ['/api/predict/demo?x=1', 'demo', '/?x=1'],
    ['/api/predict/demo/?x=1', 'demo', '/?x=1'],
    ['/api/predict/demo/v1/chat', 'demo', '/v1/chat'],
    ['/api/predict/demo//v1/chat', 'demo', '/v1/chat'],
    ['//api//predict//demo/v1', 'demo', '/v1'],
    ['/api/predict//demo/v1', 'demo', '/v1'],
    ['/api/predict/demo/v1//a%2Fb/../c', 'demo', '/v1//a%2Fb/../c'],
    ['/api/predict/demo/?q=/api/predict/other', 'demo', '/?q=/api/predict/other'],
  ])('%s', (url, serviceName, rest) => {
    expect(readPathForm(url)).toEqual({ serviceName, rest })
  })

  test.each([
    '/',
    '/api/predict',
    '/api/predict/',
    '/api/predict//',
    '/api/predict/?x',
    '/v1/models',
    '*',
    '/xapi/predict/demo',
  ])('is not %s', (url) => {
    expect(readPathForm(url)).toBeNull()
  })

  test('keeps whatever follows the service byte for byte', () => {
    fc.assert(
      fc.property(
        name,
        fc.array(segment, { minLength: 1 }),
        query,
        slashes,
        slashes,
        (service, segments, tail, a, b) => {
          const rest = `/${segments.join('/')}${tail}`
          expect(readPathForm(`${a}api/predict${b}${service}${rest}`)).toEqual({ serviceName: service, rest })
        },
      ),
    )
  })

  test('always hands on a path that starts with one slash', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const form = readPathForm(`/api/predict/${text}`)
        if (form !== null) expect(form.rest).toMatch(/^\/(?!\/)/)
      }),
    )
  })
})

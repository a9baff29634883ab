import { expect, test } from 'vitest'
import { placeFormOf, placeOf, placeValues } from './place-values.ts'

const place = {
  region: 'local',
  zones: ['local-a', 'local-b'],
  gatewayZones: null,
  crossWorkspaceVpc: false,
}

test('gives the API what it takes', () => {
  expect(placeOf(placeFormOf(place))).toEqual(place)
  const some = { ...place, gatewayZones: ['local-b'] }
  expect(placeOf(placeFormOf(some))).toEqual(some)
})

test.each([
  [{ gatewayZones: 'local-a\nlocal-b' }, []],
  [{ gatewayZones: 'local-c' }, ['gatewayZones: local-c is not one of the zones: local-a, local-b.']],
  [{ gatewayZones: 'X' }, ['gatewayZones: Lower-case letters, digits and -, 2 to 32.']],
  [{ zones: '' }, ['zones: Name at least one zone.']],
  [{ zones: 'local-a, local-a' }, ['zones: A zone is named twice.']],
])('judges %j', (change, expected) => {
  const { error } = placeValues.safeParse({ ...placeFormOf(place), ...change })
  expect(error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []).toEqual(expected)
})

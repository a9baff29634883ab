import { describe, expect, test } from 'vitest'
import { EnvError, readEnv } from './env.ts'

describe('the environment', () => {
  test('needs nothing', () => {
    expect(readEnv({})).toMatchObject({
      PORT: 3000,
      SWITCHYARD_GATEWAY_INTERNET_PORT: 8080,
      SWITCHYARD_DATA_DIR: './data',
    })
  })

  test('takes an empty variable for an unset one', () => {
    expect(readEnv({ DATABASE_URL: '', PORT: '' })).toMatchObject({ PORT: 3000 })
  })

  test('names every wrong variable at once', () => {
    expect(() => readEnv({ PORT: '99999', SWITCHYARD_API_TOKEN: 'short' })).toThrow(
      /PORT: .*\nSWITCHYARD_API_TOKEN: /,
    )
  })

  test.each(['8199-8100', '80', '1-70000', 'a-b'])('refuses the port range %s', (range) => {
    expect(() => readEnv({ SWITCHYARD_DEDICATED_PORTS: range })).toThrow(EnvError)
  })

  test('wants the first owner whole', () => {
    expect(() => readEnv({ SWITCHYARD_ADMIN_EMAIL: 'a@example.com' })).toThrow(/go together/)
  })
})

import { expect, test } from 'vitest'
import { checkFreeDisk, checkNodeVersion } from './check-machine.mjs'

test('an old Node is refused in one line that names both versions', () => {
  expect(() => checkNodeVersion('18.20.4')).toThrow(
    /^Node 18\.20\.4 is too old: Switchyard needs 20\.19 or newer\./,
  )
  expect(() => checkNodeVersion('20.9.0')).toThrow('too old')
})

test('the versions that we support pass', () => {
  for (const version of ['20.19.0', '20.20.2', '22.0.0', '24.1.0']) checkNodeVersion(version)
})

test('a full disk is refused with what is needed, and less is needed once all is built', () => {
  expect(() => checkFreeDisk({ firstTime: true, freeMegabytes: 800 })).toThrow(
    /has 800 MB left; this needs about 2500 MB/,
  )
  checkFreeDisk({ firstTime: false, freeMegabytes: 800 })
})

import { expect, test, vi } from 'vitest'
import { follow } from '@/lib/discovery/testing/follow.ts'
import { discoverUrl } from './discover-url.ts'

test.each([
  ['http://10.0.0.1/f', '10.0.0.1:80'],
  ['https://10.0.0.1/f', '10.0.0.1:443'],
  ['https://[fd00::1]:8443', '[fd00::1]:8443'],
])('a URL with an address is told at once: %s', (url, endpoints) => {
  expect(follow(discoverUrl, { type: 'url', url }).endpoints).toBe(endpoints)
})

test('the host of a URL is looked up and stays the name', async () => {
  const followed = follow(discoverUrl, { type: 'url', url: 'https://localhost/2023-03-30/proxy' })
  await vi.waitFor(() => expect(followed.endpoints).toBe('localhost@127.0.0.1:443'))
  followed.stop()
})

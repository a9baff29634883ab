import { expect, test } from 'vitest'
import { JobBook } from './job-book.ts'

test('tells which service has something, and nothing of what nobody made', () => {
  const jobs = new JobBook()
  jobs.remember('api', ['id file-1'], 'svc_a')
  jobs.remember('api', ['id file-1'], 'svc_b')
  expect(jobs.find('api', ['id file-2', 'id file-1'])).toEqual([null, 'svc_b'])
  expect(jobs.find('another', ['id file-1'])).toEqual([null])
})

test('forgets what was used longest ago, however much is made', () => {
  const jobs = new JobBook(3)
  jobs.remember('api', ['1', '2', '3'], 'svc_a')
  jobs.find('api', ['1'])
  jobs.remember('api', ['4'], 'svc_a')
  expect(jobs.rows().map(([, name]) => name)).toEqual(['3', '1', '4'])
})

test('an API that makes many loses its own, not those of others', () => {
  const jobs = new JobBook(10)
  jobs.remember('calm', ['1', '2'], 'svc_a')
  for (let number = 0; number < 1_000; number += 1) jobs.remember('busy', [`${number}`], 'svc_b')
  expect(jobs.find('calm', ['1', '2'])).toEqual(['svc_a', 'svc_a'])
  expect(jobs.find('busy', ['991', '992', '999'])).toEqual([null, 'svc_b', 'svc_b'])
  expect(jobs.rows()).toHaveLength(10)
})

test('keeps no name that no service makes', () => {
  const jobs = new JobBook()
  jobs.remember('api', ['x'.repeat(264)], 'svc_a')
  expect(jobs.rows()).toEqual([])
})

test('of two who claim the same, the first has it', () => {
  const jobs = new JobBook()
  const seen = jobs.find('api', ['client 1', 'caller 1'])
  expect(jobs.claim('api', ['client 1', 'caller 1'], seen, 'svc_a')).toBe('svc_a')
  expect(jobs.claim('api', ['client 2', 'caller 1'], [null, null], 'svc_b')).toBe('svc_a')
  expect(jobs.find('api', ['client 2'])).toEqual([null])
})

test('what was seen to be gone is claimed anew', () => {
  const jobs = new JobBook()
  jobs.remember('api', ['client 1'], 'svc_gone')
  const seen = jobs.find('api', ['client 1'])
  expect(jobs.claim('api', ['client 1'], seen, 'svc_b')).toBe('svc_b')
  expect(jobs.find('api', ['client 1'])).toEqual(['svc_b'])
})

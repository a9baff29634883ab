import { expect, test } from 'vitest'
import { JobServices } from './job-services.ts'

test('tells which service made something, and nothing of what nobody made', () => {
  const jobs = new JobServices()
  jobs.remember('file-1', 'svc_a')
  jobs.remember('file-1', 'svc_b')
  expect(jobs.find('file-1')).toBe('svc_b')
  expect(jobs.find('file-2')).toBeNull()
})

test('forgets what was used longest ago, however much is made', () => {
  const jobs = new JobServices()
  for (let number = 0; number < 10_000; number += 1) jobs.remember(`file-${number}`, 'svc_a')
  expect(jobs.find('file-0')).toBe('svc_a')
  jobs.remember('one more', 'svc_a')
  expect(jobs.find('file-0')).toBe('svc_a')
  expect(jobs.find('file-1')).toBeNull()
})

test('keeps no id that no service makes', () => {
  const jobs = new JobServices()
  for (const id of ['', 'x'.repeat(257)]) {
    jobs.remember(id, 'svc_a')
    expect(jobs.find(id)).toBeNull()
  }
})

import { expect, test } from 'vitest'
import { instanceUrlComplaint } from './instance-url.ts'

test.each([
  'http://10.0.0.5:8000',
  'https://models.example.com/team-a',
  'http://[::1]:8000',
  'http://localhost:11434/',
])('takes the base address %s', (url) => expect(instanceUrlComplaint(url)).toBeNull())

test.each([
  ['10.0.0.5:8000', 'Start with http:// or https://.'],
  ['ftp://10.0.0.5', 'Start with http:// or https://.'],
  ['http://', 'This is not an address. Write it like http://10.0.0.5:8000.'],
  ['http://user:pass@host', 'Remove the user and password; use the upstream credential instead.'],
  ['http://host/?a=1', 'Remove everything from ? or # on.'],
  ['http://host:8000/v1/chat/completions', 'Paste the base, not the path: http://host:8000'],
  ['http://host:8000/team/v1/messages', 'Paste the base, not the path: http://host:8000/team'],
])('refuses %s with its repair', (url, sentence) => expect(instanceUrlComplaint(url)).toBe(sentence))

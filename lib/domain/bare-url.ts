import * as z from 'zod'

/** An address that paths are appended to. What would be stored and shown with it must not be a secret. */
export function bareUrl(sentence: string, lengthMax = 2048) {
  return z
    .url({ protocol: /^https?$/, error: sentence })
    .max(lengthMax)
    .check(({ value, issues }) => {
      const message = bareUrlComplaint(value)
      if (message !== null) issues.push({ code: 'custom', message, input: value })
    })
}

function bareUrlComplaint(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { username, password, search, hash } = new URL(text)
  if (username !== '' || password !== '') return 'Keep user and password out of the address.'
  return search === '' && hash === '' ? null : 'Remove everything from ? or # on.'
}

const invalidName = /[^!#$%&'*+\-.^_`|~\dA-Za-z]/
const invalidValue = /[^\t\x20-\x7e\x80-\xff]/

/** Why a field must not be written: it could begin a field, or a message, that nobody meant. Null when it may. */
export function fieldComplaint(name: string, value: string): string | null {
  if (name.length === 0 || invalidName.test(name)) return 'A header name is not a token.'
  return holdsControls(value) ? `The header ${name} holds a control character.` : null
}

/** Whether a text has characters that no part of a head may have (RFC 9110 §5.5). */
export function holdsControls(text: string): boolean {
  return invalidValue.test(text)
}

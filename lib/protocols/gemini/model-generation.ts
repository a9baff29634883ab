/**
 * Since its third generation Gemini is told how much to think by `thinkingLevel` instead of a budget, and refuses a tool
 * call of the current turn that comes back without a thought signature (Gemini API, "Thought signatures").
 */
export function isThirdGeneration(model: string): boolean {
  return /(^|\/)gemini-([3-9]|\d\d)/.test(model)
}

/** What Google's document gives for calls that another model made. */
export const signatureOfOthers = 'skip_thought_signature_validator'

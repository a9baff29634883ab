/** What smart routing tells apart, in the order of the model's columns. */
export const intents = ['code', 'math', 'translation', 'fast', 'reasoning'] as const

export type Intent = (typeof intents)[number]

/** What is none of the five (writing, summaries, role-play) has a column of its own, so that it need not look like one of them. */
export const columns = [...intents, 'none'] as const

export type IntentScores = Readonly<Record<Intent, number>>

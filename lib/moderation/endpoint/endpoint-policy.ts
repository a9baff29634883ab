/** How a moderation endpoint of the OpenAI form is asked, and what its answer means. */
export interface EndpointPolicy {
  /** Sent as `model`; null leaves it to the endpoint. */
  readonly model: string | null
  /** What is refused; null refuses what the endpoint calls flagged. */
  readonly categories: readonly EndpointCategory[] | null
  readonly onFailure: EndpointFailurePolicy
}

export interface EndpointCategory {
  /** As the endpoint names it, such as `violence`. */
  readonly name: string
  /** Refuse from this score on, 0 to 1; null refuses what the endpoint flags in the category. */
  readonly threshold: number | null
}

/**
 * When the endpoint can't be reached, answers with an error, too late, or with something else than the form: `block`
 * refuses the text (fail closed), `pass` lets it go unjudged (fail open).
 */
export type EndpointFailurePolicy = 'block' | 'pass'

export const defaultFailurePolicy: EndpointFailurePolicy = 'block'

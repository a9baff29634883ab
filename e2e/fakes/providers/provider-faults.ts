/** Misbehaviour of a provider that its own wire format does not know, or that comes at the wrong time. */
export type ProviderFault =
  /** Status 200 and a page for people, as proxies and portals answer. */
  | 'html'
  /** Status 200 and the first half of the right answer; a stream ends within a frame. */
  | 'half-json'
  /** A stream that never ends; whatever is no stream is answered as always. */
  | 'endless'
  /** Status 200, and then an error in the middle of the stream, or in place of the JSON where the provider does that. */
  | 'error-in-200'
  /** The connection is reset in the middle of the answer. */
  | 'cut'
  /** No answer before `release()`. */
  | 'held'
  /** This status with the provider's own error. */
  | { readonly status: 401 | 403 | 429 | 500 | 503; readonly retryAfterSeconds?: number }

export const htmlPage =
  '<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>Please log in</h1></body></html>'

export const kindOfStatus = {
  401: 'key',
  403: 'forbidden',
  429: 'rate',
  500: 'failure',
  503: 'failure',
} as const
